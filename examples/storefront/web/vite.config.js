// Names without hashes: the server includes the files by name.
export default {
    build: { assetsDir: "", rollupOptions: { output: { entryFileNames: "main.js" } }, modulePreload: { polyfill: false } },
};
