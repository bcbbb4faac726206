#!/bin/sh
# Turns the base into a builder: adds Maven and pip from Debian, reached as the building machine reaches them (/clients, often empty).
set -eu
clients=/clients

if [ -d $clients/apt ]; then
  if [ -f $clients/apt/sources.list ] || [ -d $clients/apt/sources.list.d ]; then rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*; fi
  cp -R $clients/apt/. /etc/apt/
fi
if [ -d $clients/certificates ]; then
  # apt must trust these certificates before it can fetch the package that manages them.
  mkdir -p /etc/ssl/certs /usr/local/share/ca-certificates
  cp $clients/certificates/all.pem /etc/ssl/certs/ca-certificates.crt
  cp $clients/certificates/*.crt /usr/local/share/ca-certificates/
fi
if [ -f $clients/pip/system.conf ]; then cp $clients/pip/system.conf /etc/pip.conf; fi
if [ -f $clients/pip/user.conf ]; then mkdir -p /root/.config/pip && cp $clients/pip/user.conf /root/.config/pip/pip.conf; fi
if [ -f $clients/maven/settings.xml ]; then mkdir -p /root/.m2 && cp $clients/maven/settings.xml /root/.m2/settings.xml; fi
if [ -f $clients/environment ]; then . $clients/environment; fi

mkdir -p /usr/share/man/man1 # the scripts of Debian's Java put links there
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends ca-certificates maven python3-pip
rm -rf /var/lib/apt/lists/*

# For the steps that fetch: the machine's environment, and its certificates where this Debian keeps them.
{
  if [ -f $clients/environment ]; then cat $clients/environment; fi
  if [ -d $clients/certificates ]; then
    for name in PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE; do echo "export $name=/etc/ssl/certs/ca-certificates.crt"; done
  fi
} >/client-environment
