/** Hands a text to the person as a file, through the browser's own downloads. */
export function saveText(name: string, text: string, type: 'text/plain' | 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the content by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 1_000);
}
