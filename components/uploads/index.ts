/** The only door to bringing tables. */
export { BringTable } from './bring-table';
export { BringTableButton } from './bring-table-button';
export { askForTable } from './choose-files';
export { DropHint } from './drop-hint';
export { UploadDialog } from './upload-dialog';
export { useFileDrop } from './use-file-drop';
