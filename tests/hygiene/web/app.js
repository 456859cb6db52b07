fetch('https://shadows.example.com/users');
