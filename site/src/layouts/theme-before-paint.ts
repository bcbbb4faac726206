/** Runs inline in the head, before the first paint: the kept theme, else the system's. Its hash stands in the content security policy. */
export const themeBeforePaint = `(()=>{let t=null;try{t=localStorage.getItem('streamwright.theme')}catch{}document.documentElement.dataset.theme=t==='light'||t==='dark'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`;
