// Where placeholder images are, on preview origins: what the server answers, and the service worker lets pass.

export const placeholderPrefix = '/api/placeholder/';
