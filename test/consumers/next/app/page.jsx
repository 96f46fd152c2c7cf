import { presets } from 'push-chat-kit/theme';
import { Chat } from './Chat.jsx';

// A server component: themes are made on the server, and what is drawn there is taken over as it is.
export default function Page() {
  return <Chat accent={presets.lagoon} />;
}
