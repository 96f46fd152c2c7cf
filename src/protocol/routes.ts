/** Method and path of every call a client makes, relative to the node's address (protocol 1.2, 2.2, 4.1). */

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
}

const get = (path: string): Route => ({ method: 'GET', path: `/apis${path}` });
const post = (path: string): Route => ({ method: 'POST', path: `/apis${path}` });
const put = (path: string): Route => ({ method: 'PUT', path: `/apis${path}` });

/** Ids come from {@link parseDid} or {@link isMessageId}, so their colons are all that could need escaping, and needs none. */
export const routes = {
  /** This and the next are additions of this library to the wire (`protocol/challenge.ts`). */
  challenge: () => post('/v1/auth/challenge'),
  signIn: () => post('/v1/auth/token'),
  user: (did: string) => get(`/v2/users/?caip10=${did}`),
  users: () => post('/v2/users/batch'),
  createUser: () => post('/v2/users/'),
  updateKeys: (did: string) => put(`/v2/users/${did}/auth`),
  updateProfile: (did: string) => put(`/v2/users/${did}/profile`),
  chats: (did: string, page: number, limit: number) => get(`/v1/chat/users/${did}/chats?page=${page}&limit=${limit}`),
  requests: (did: string, page: number, limit: number) =>
    get(`/v1/chat/users/${did}/requests?page=${page}&limit=${limit}`),
  chat: (did: string, peer: string) => get(`/v1/chat/users/${did}/chat/${peer}`),
  head: (did: string, peer: string) => get(`/v1/chat/users/${did}/conversations/${peer}/hash`),
  history: (id: string, limit: number) => get(`/v1/chat/conversationhash/${id}?fetchLimit=${limit}`),
  message: (id: string) => get(`/v1/ipfs/${id}`),
  sendRequest: () => post('/v1/chat/request'),
  sendMessage: () => post('/v1/chat/message'),
  acceptRequest: () => put('/v1/chat/request/accept'),
  rejectRequest: () => put('/v1/chat/request/reject'),
  createGroup: () => post('/v2/chat/groups'),
  createGroupV1: () => post('/v1/chat/groups'),
  updateGroupV1: (chatId: string) => put(`/v1/chat/groups/${chatId}`),
  updateMembers: (chatId: string) => put(`/v1/chat/groups/${chatId}/members`),
  updateGroupProfile: (chatId: string) => put(`/v1/chat/groups/${chatId}/profile`),
  updateGroupConfig: (chatId: string) => put(`/v1/chat/groups/${chatId}/config`),
  group: (chatId: string) => get(`/v2/chat/groups/${chatId}`),
  groupWithMembers: (chatId: string) => get(`/v1/chat/groups/${chatId}`),
  searchGroups: () => post('/v1/chat/groups/search'),
  groupAccess: (chatId: string, did: string) => get(`/v1/chat/groups/${chatId}/access/${did}`),
  groupMembers: (chatId: string, page: number, size: number) =>
    get(`/v1/chat/groups/${chatId}/members?pageNumber=${page}&pageSize=${size}`),
  groupKeys: (chatId: string, page: number, size: number) =>
    get(`/v1/chat/groups/${chatId}/members/publicKeys?pageNumber=${page}&pageSize=${size}`),
  groupCounts: (chatId: string) => get(`/v1/chat/groups/${chatId}/members/count`),
  /** An addition of this library to the wire (`protocol/groups/actPage.ts`). */
  groupActs: (chatId: string, after: string) =>
    get(`/v1/chat/groups/${chatId}/acts${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`),
  memberStatus: (chatId: string, did: string) => get(`/v1/chat/groups/${chatId}/members/${did}/status`),
  /** This and the next are additions of this library to the wire (`protocol/push`). */
  pushKey: () => get('/v1/push/key'),
  devicePush: () => post('/v1/push/devices'),
  sendNotification: () => post('/v1/payloads/'),
  subscribe: (channel: string) => post(`/v1/channels/${channel}/subscribe`),
  unsubscribe: (channel: string) => post(`/v1/channels/${channel}/unsubscribe`),
  feeds: (did: string, page: number, limit: number, spam: boolean) =>
    get(`/v1/users/${did}/feeds?page=${page}&limit=${limit}&spam=${spam}`),
  channelFeeds: (did: string, channel: string, page: number, limit: number, spam: boolean) =>
    get(`/v1/users/${did}/channels/${channel}/feeds?page=${page}&limit=${limit}&spam=${spam}`),
  subscriptions: (did: string) => get(`/v1/users/${did}/subscriptions`),
  searchChannels: (words: string, page: number, limit: number) =>
    get(`/v1/channels/search/?page=${page}&limit=${limit}&query=${encodeURIComponent(words)}`),
  channel: (channel: string) => get(`/v1/channels/${channel}`),
  subscribers: (channel: string, page: number, limit: number) =>
    get(`/v1/channels/${channel}/subscribers?page=${page}&limit=${limit}`),
  groupSecret: (sessionKey: string) => get(`/v1/chat/encryptedsecret/sessionKey/${sessionKey}`),
} as const;
