import { expect, test } from 'vitest';
import { mavenProxy } from '#sandbox/artifacts/maven-proxy.ts';

test('Maven is told of no proxy where the environment names none', () => {
  expect(mavenProxy({ PATH: '/bin', no_proxy: 'x' })).toEqual([]);
  expect(mavenProxy({ HTTPS_PROXY: 'socks5://127.0.0.1:1080', HTTP_PROXY: '' })).toEqual([]);
});

test.each([
  [{ HTTPS_PROXY: 'http://proxy.example:3128' }, ['-Dhttps.proxyHost=proxy.example', '-Dhttps.proxyPort=3128']],
  [{ https_proxy: 'proxy.example:8080' }, ['-Dhttps.proxyHost=proxy.example', '-Dhttps.proxyPort=8080']],
  [{ https_proxy: 'http://a', HTTPS_PROXY: 'http://b' }, ['-Dhttps.proxyHost=a', '-Dhttps.proxyPort=80']],
  [{ http_proxy: 'https://proxy.example/' }, ['-Dhttp.proxyHost=proxy.example', '-Dhttp.proxyPort=443']],
  [{ ALL_PROXY: 'http://x:1' }, ['-Dhttp.proxyHost=x', '-Dhttp.proxyPort=1', '-Dhttps.proxyHost=x', '-Dhttps.proxyPort=1']],
  [
    { HTTPS_PROXY: 'http://ada:p%40ss%20word@x:1' },
    ['-Dhttps.proxyHost=x', '-Dhttps.proxyPort=1', '-Dhttps.proxyUser=ada', '-Dhttps.proxyPassword=p@ss word'],
  ],
])('Maven is told of the proxy in %j', (environment, expected) => {
  expect(mavenProxy(environment).filter((property) => property.includes('.proxy'))).toEqual(expected);
});

test('hosts that are reached without the proxy keep their meaning', () => {
  const properties = mavenProxy({
    HTTP_PROXY: 'http://x:1',
    NO_PROXY: 'repo.example:8443, .corp.example *.lan 10.0.0.0/8 10.1.2.3',
  });
  expect(properties).toContain(
    '-Dhttp.nonProxyHosts=localhost|127.*|[::1]|repo.example|*.repo.example|corp.example|*.corp.example|lan|*.lan|10.1.2.3',
  );
});
