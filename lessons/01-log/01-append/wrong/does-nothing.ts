console.log('all orders are stored');
