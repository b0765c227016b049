export { BringTable } from './bring-table';
export { ChooseFiles } from './choose-files';
export { UploadDialog } from './upload-dialog';
export { useFileDrop } from './use-file-drop';
