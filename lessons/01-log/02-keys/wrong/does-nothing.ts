console.log('all events are stored');
