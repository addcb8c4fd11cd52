/** As much of curl as the documents' examples use, for machines that have none: -s, -H, -d, -o, -w. */
const rest = process.argv.slice(2);
/** @type {Record<string, string>} */
const headers = {};
/** @type {string | undefined} */
let body;
let url = "";
let discard = false;
let write = "";
while (rest.length > 0) {
  const arg = rest.shift();
  if (arg === "-H") {
    const [name, ...value] = String(rest.shift()).split(":");
    Object.assign(headers, { [String(name)]: value.join(":").trim() });
  } else if (arg === "-d") body = rest.shift();
  else if (arg === "-o") discard = rest.shift() === "/dev/null";
  else if (arg === "-w") write = String(rest.shift());
  else if (arg !== "-s") url = String(arg);
}

void fetch(url, { method: body === undefined ? "GET" : "POST", headers, body, redirect: "manual" }).then(
  async (response) => {
    if (!discard) process.stdout.write(await response.text());
    const location = response.headers.get("location");
    process.stdout.write(write.replace("%{redirect_url}", location ? new URL(location, url).href : ""));
  },
);
