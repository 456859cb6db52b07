new WebSocket('wss://ws.example.com/feed');
