/** Hands a text to the person as a file, as a download does. */
export function saveAsFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replaceAll(/[<>:"|?*]/g, '_');
  link.click();
  URL.revokeObjectURL(address);
}
