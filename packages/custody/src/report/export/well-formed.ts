/** JSON can say half of a surrogate pair (`"\ud800"`); UTF-8 cannot. Such a half becomes U+FFFD, as in String.toWellFormed. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
