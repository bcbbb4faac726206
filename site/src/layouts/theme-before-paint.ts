/** Runs inline in the head before the first paint: sets the stored theme, else the system's. Its hash is in the content security policy. */
export const themeBeforePaint = `(()=>{let t=null;try{t=localStorage.getItem('streamwright.theme')}catch{}document.documentElement.dataset.theme=t==='light'||t==='dark'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`;
