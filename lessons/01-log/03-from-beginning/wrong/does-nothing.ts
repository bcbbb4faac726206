console.log('everything is copied');
