/** Every word that the scripts say, in Chinese and English. */

export type Language = "zh" | "en";

const CHINESE = {
  "alarm": "二维码数字签名不符。",
  "good": "属实",
  "bad": "不符",
  "open": "未核验",
  "genuine": "数字签名由签发平台作出，所载内容与本页登记一致。",
  "genuine.alone": "数字签名由签发平台作出。码中载明：管理号 {number}，{year} 年度，第 {version} 版，{day}签发。证书目前是否有效，以登记为准。",
  "differs": "数字签名属实，但码中所载与本页登记不一致：{fields}。请勿采信，并向发证单位反映。",
  "malformed": "地址中的签名数据不完整或被改动。请重新扫描；仍然如此的，请勿采信。",
  "signature_wrong": "签名数据不是签发平台作出的，系伪造或被改动，请勿采信。",
  "key_unknown": "签名数据不是用签发平台公布的密钥作出的，请勿采信。",
  "key_out_of_time": "签名所用密钥在所载签发日期并未启用，请勿采信。",
  "key_revoked": "签名所用密钥已被停用，不能据此判断，以上面的登记状态为准。",
  "list_expired": "取得的公钥清单已过期，或本机时间不准，本次未能核验签名。",
  "no_payload": "打开本页的地址中没有签名数据。要核验签名，请直接扫描证书上的二维码。",
  "no_keys": "未能取得平台公钥清单，本次未核验签名。",
  "running": "正在核验……",
  "separator": "：",
  "comma": "、",
  "field.number": "证书管理号",
  "field.year": "年度",
  "field.version": "版次",
  "field.issued": "发证日期",
  "field.office": "发证单位",
  "field.index": "登记序号",
  "field.digest": "电子证书数据",
} as const;

export type Word = keyof typeof CHINESE;

const ENGLISH: Readonly<Record<Word, string>> = {
  "alarm": "The digital signature of the code does not hold. ",
  "good": "holds",
  "bad": "does not hold",
  "open": "not checked",
  "genuine": "The issuing platform signed the code, and it says what the register says.",
  "genuine.alone": "The issuing platform signed the code. It says: number {number}, year {year}, version {version}, issued on {day}. Whether the certificate is in force, only the register says.",
  "differs": "The issuing platform signed the code, but it says something else than the register: {fields}. Do not rely on it and tell the issuing office.",
  "malformed": "The signed data in the address is incomplete or altered. Scan the code again; if this stays so, do not rely on it.",
  "signature_wrong": "The issuing platform did not sign this data: it is forged or altered. Do not rely on it.",
  "key_unknown": "The data is not signed by a key that the issuing platform has published. Do not rely on it.",
  "key_out_of_time": "The key that signed was not in use on the date of issue in the code. Do not rely on it.",
  "key_revoked": "The key that signed was withdrawn, so this says nothing; the register above decides.",
  "list_expired": "The list of keys has expired, or the clock of this device is wrong; the signature was not checked.",
  "no_payload": "The address of this page holds no signed data. To check the signature, scan the code on the certificate.",
  "no_keys": "The platform's list of keys could not be fetched; the signature was not checked.",
  "running": "Checking …",
  "separator": ": ",
  "comma": ", ",
  "field.number": "certificate number",
  "field.year": "year",
  "field.version": "version",
  "field.issued": "date of issue",
  "field.office": "issuing office",
  "field.index": "number in the register",
  "field.digest": "record",
};

const LANGUAGES: Readonly<Record<Language, Readonly<Record<Word, string>>>> = {
  zh: CHINESE,
  en: ENGLISH,
};

export type Values = Readonly<Record<string, string | number>>;

/** Return the language that the page is written in. */
export function languageOf(tag: string): Language {
  return tag.startsWith("zh") ? "zh" : "en";
}

/** Return a text with its values put in. */
export function say(language: Language, word: Word, values: Values = {}): string {
  return filled(LANGUAGES[language][word], values);
}

export function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}
