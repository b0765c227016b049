import { NothingHere } from '../../components/shell/nothing-here';

export const metadata = { title: 'Not here' };

export default function NotFound() {
  return <NothingHere />;
}
