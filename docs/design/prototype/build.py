import jinja2, glob, gzip, random
import pathlib; d = str(pathlib.Path(__file__).parent) + '/'
css=''.join(open(f).read() for f in sorted(glob.glob(d+'css/*.css')))
open(d+'app.css','w').write(css)
sprite=open(d+'icons.svg').read().replace('<svg xmlns','<svg hidden xmlns',1)
class O(dict):
    __getattr__=dict.get
S=O(people=O(name='People',host='people.example.org'),sales=O(name='Sales',host='sales.example.org'),legal=O(name='Legal',host='legal.example.org'),long=O(name='Manufacturing and Supply Chain Operations',host='manufacturing-and-supply-chain.example.org'))
def face(n,bg,skin,hair,shirt,style):
    h={'short':'M26 44c-2-26 12-32 24-32s26 6 24 32c-3-12-8-17-24-17s-21 5-24 17z','long':'M22 78c-4-30-2-66 28-66s32 36 28 66c-6-4-6-14-6-34-4-12-10-15-22-15s-18 3-22 15c0 20 0 30-6 34z','curl':'M24 46a10 10 0 0 1-1-16 13 13 0 0 1 15-15 15 15 0 0 1 24 0 13 13 0 0 1 15 15 10 10 0 0 1-1 16c-4-11-10-15-26-15s-22 4-26 15z','bald':'','scarf':'M22 92c-6-40-6-80 28-80s34 40 28 80z'}[style]
    under='' if style!='scarf' else f'<path d="{h}" fill="{hair}"/>'
    over=f'<path d="{h}" fill="{hair}"/>' if style not in('scarf','bald') else ''
    s=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="{bg}"/>{under}<path d="M12 104c0-24 16-30 38-30s38 6 38 30z" fill="{shirt}"/><path d="M41 64h18v16a9 9 0 0 1-18 0z" fill="{skin}"/><path d="M41 70q9 8 18 0v4q-9 6-18 0z" opacity=".12"/><ellipse cx="50" cy="46" rx="20" ry="24" fill="{skin}"/>{over}<circle cx="42" cy="47" r="1.9" fill="#2b211c"/><circle cx="58" cy="47" r="1.9" fill="#2b211c"/><path d="M43 57q7 5 14 0" stroke="#2b211c" stroke-width="1.8" fill="none" stroke-linecap="round" opacity=".8"/></svg>'
    open(d+f'img/{n}.svg','w').write(s); return f'img/{n}.svg'
def P(name,handle,hue,site=None,av=None):
    w=name.split(); return O(name=name,handle=handle,hue=hue,site=site,avatar=av,initials=w[0][0]+w[-1][0])
me=P('Ann Okafor','@ann',1,None,face('ann','#f1dfb4','#8d5a3b','#241a16','#35628a','short'))
lena=P('Lena Kowalska','@lena@people.example.org',3,S.people,face('lena','#f3cfd0','#c98d63','#2a1d18','#2f7a5b','curl'))
fatima=P('Fatima Haddad','@fatima@people.example.org',6,S.people,face('fatima','#dfd3ee','#d9a47a','#5d4a86','#5d4a86','scarf'))
carla=P('Carla Reyes','@carla@sales.example.org',0,S.sales,face('carla','#cfe3d2','#e7b692','#9c3d24','#2b4b57','long'))
jonas=P('Jonas Weber','@jonas',5,None,face('jonas','#cfdcec','#eec3a0','#c79a56','#40506b','short'))
sunita=P('Sunita Rao','@sunita@sales.example.org',7,S.sales)
amira=P('أميرة الحسيني','@amira@legal.example.org',2,S.legal)
long=P('Friederike-Annegret von Hohenstaufen-Schwarzenberg','@friederike@manufacturing-and-supply-chain.example.org',4,S.long)
ben=P('Ben Achterberg','@ben',3,None,face('ben','#e5e0d2','#f0c9a9','#6a4a33','#7b4a3c','bald'))
pipa=P('Philippa Pipervall','@pip@sales.example.org',1,S.sales)
ORG=('building-2','Organisation: Engineering, People, Sales and Legal'); SITE=('house','This site only'); FOL=('users','Followers'); DIR=('at-sign','Only people mentioned')
def photo(n,a,b,c,sun):
    random.seed(n)
    r=''.join(f'<rect x="{x}" y="{300-h}" width="{w}" height="{h+200}" fill="{c}" opacity="{.35+.5*random.random():.2f}"/>' for x,w,h in [(i*62-10,40+random.randint(0,34),random.randint(30,190)) for i in range(14)])
    pl=''.join(f'<path d="M{x} 480q-14-50-2-{y}q14 40 2 {y}" fill="#3f6b4f" opacity=".9"/>' for x,y in [(random.randint(20,780),random.randint(40,110)) for _ in range(26)])
    open(d+f'img/{n}.svg','w').write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 480" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="{a}"/><stop offset="1" stop-color="{b}"/></linearGradient></defs><rect width="800" height="480" fill="url(#g)"/><circle cx="{sun}" cy="190" r="54" fill="#fff3cf" opacity=".9"/>{r}<rect y="420" width="800" height="60" fill="#6b5a4a"/>{pl}</svg>'); return f'img/{n}.svg'
terr=photo('terrace','#7fb2d9','#f6d9b3','#5c5566',560); dusk=photo('dusk','#3c4a7a','#e79b76','#2a2a44',240); rain=photo('rain','#9aa7b3','#dfe4e6','#66717c',900)
_i=[10]
def post(author,at,text,n=(0,0,0),reach=ORG,**k):
    _i[0]+=1; return O(id=k.pop('id',_i[0]),author=author,at=at,text=text,n=n,reach=reach,**k)
posts=[
 post(fatima,'12 min','<p>Four people join us on Monday. Three small things help more than any handbook:</p><ul><li>say hello before lunch</li><li>show them <em>one</em> thing you are proud of</li><li>ask what confused them</li></ul>',(4,2,18),liked=True),
 post(carla,'26 min','<p><a class="mention" href="#">@ann</a> Does that mean the quote tool can be mended the day a customer finds the mistake?</p>',(1,0,3),answers='Ann Okafor'),
 post(jonas,'48 min','<p>The outage of the 19th, from the first alert to the last cache. Forty minutes were lost because two dashboards disagreed and nobody trusted either.</p>',(11,6,42),title='What we learnt from eleven minutes without a gateway',more=True,kept=True,here=False),
 post(me,'1 h','<p>The new build pipeline is live: from commit to canary in <strong>eleven minutes</strong>. Who wants to be the first to ship with it? <a class="hashtag" href="#">#pipeline</a></p>',(1,1,9),poll=O(options=[O(title='Me, today',percent=46,mine=True),O(title='After the freeze',percent=38),O(title='When somebody else survived it',percent=16)],standing='37 people voted · 2 days left')),
 post(lena,'2 h','<p>The roof terrace is open until nine from today. This is what you have been missing. <a class="hashtag" href="#">#terrace</a></p>',(9,3,31),media=[O(src=terr,alt='The terrace in the evening sun, with plants and the city behind',w=800,h=480)],by=ben),
 post(amira,'3 h','<p>تم تحديث إرشادات العقود. اقرؤوها قبل يوم الخميس من فضلكم.</p>',(0,1,4),lang='ar',file=O(name='Contract guidelines 2027.pdf',size='1.2 MB')),
 post(long,'4 h','<p>Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsprüfung liegt vor. Wer die Ergebnisse braucht: <code>supply.report(quarter=Q4)</code></p>',(2,0,1),lang='de',preview=O(host='reports.manufacturing.example.org',title='Quarterly review of the inspection of suppliers, with all annexes',text='Everything that changed since the summer',img=rain)),
 post(sunita,'5 h','<p>x</p>',(3,0,2),reach=SITE,closed=True,warning='Salary bands, numbers inside'),
 post(ben,'6 h','<p>Exactly this. We measured it at the desk: a greeting on the first morning halves the questions of the first week.</p>',(0,0,7),quoted=O(author=fatima,at='12 min',text='<p>Four people join us on Monday. Three small things help more than any handbook: say hello before lunch …</p>'),signs=[('👏',6),('💡',2)]),
]
since=5
catch=[O(icon='at-sign',cls='',text='<strong>Carla Reyes</strong> asks you about the quote tool',people=[carla]),O(icon='message-circle',cls='',text='3 new replies in <strong>What we learnt from eleven minutes without a gateway</strong>',people=[jonas,fatima,sunita]),O(icon='users',cls='',text='New from people you follow closely',people=[lena,ben])]
ladder=[O(key='organisation',icon='building-2',label='Organisation',short='4 sites',detail='Everybody at Engineering, People, Sales and Legal'),O(key='site',icon='house',label='This site',short='Engineering',detail='Everybody at Engineering, and nobody else'),O(key='private',icon='users',label='Followers',short='23 people',detail='23 people at 3 sites, and people mentioned'),O(key='direct',icon='at-sign',label='People mentioned',short='',detail='Nobody else. Name them with @')]
box=O(key='new',cls='brief home',label='Write a post',placeholder='What should others know?',text='',reach='organisation',button='Post',title=None,count='')
answer=O(key='re',cls='brief',label='Reply to Lena Kowalska',placeholder='Reply to Lena Kowalska',text='',reach='organisation',button='Reply',title=None,count='')
whole=O(key='w',cls='whole',whole=True,label='Write a post',placeholder='What should others know?',text='The terrace is open for lunch again. **Bring a jacket**, the wind does not read announcements.\n\n@lena@people.example.org knows where the heaters are. #terrace',reach='organisation',button='Post',title='Lunch on the roof',count='412',saved='Saved 16:20',warning='',media=[O(src=terr,alt='x'),O(src=dusk,alt=''),O(src=rain,alt='x')],poll=['Tuesday','Thursday',''])
above=post(jonas,'4 h','<p>Is there any place in this building where one sees the sky between two meetings?</p>',(3,0,5))
fp=post(lena,'2 h','<p>The roof terrace is open until nine from today. This is what you have been missing. <a class="hashtag" href="#">#terrace</a></p>',(9,3,31),media=[O(src=terr,alt='The terrace',w=800,h=480)],liked=True)
R=lambda p,count='',replies=(),shut=False: O(post=p,count=count,replies=list(replies),shut=shut)
T='<p>{}</p>'
replies=[
 R(post(sunita,'1 h',T.format('Moving the Thursday demo up. Bring jackets.'),(3,0,6)),'3 replies',[
   R(post(me,'58 min',T.format('Who brings the projector? The one in 4.12 has a cable that is longer than the stairs.'),(2,0,2)),'2 replies',[
     R(post(sunita,'51 min',T.format('I do. And an extension.'),(0,0,1))),
     R(post(ben,'44 min',T.format('The extension is mine, it is labelled, and it has come back from every demo so far. Let us keep it that way.'),(0,0,4),new=True,id=31))])]),
 R(post(long,'50 min',T.format('Gilt das auch für die Kolleginnen und Kollegen der Qualitätssicherungsabteilung?'),(1,0,0),lang='de'),'1 reply from Lena Kowalska',[R(post(lena,'1 min','x'))],True),
 R(post(carla,'30 min',T.format('From the third floor one only has to follow the smell of coffee.'),(0,0,8),new=True)),
]
env=jinja2.Environment(loader=jinja2.FileSystemLoader(d+'templates'),trim_blocks=True,lstrip_blocks=True,autoescape=True)
base=dict(me=me,sites=S,sprite=sprite,ladder=ladder,pipa=pipa)
def out(name,t,**k):
    h=env.get_template(t).render(**base,**k); open(d+name,'w').write(h); 
    page=h.replace(sprite,''); print(name,len(page),len(gzip.compress(page.encode())))
out('home.html','home.html',nav='home',posts=posts,box=box,catch=catch,since=0,pill=None)
p2=[O(p) for p in posts]; p2[2]['here']=True
out('home-live.html','home.html',nav='home',posts=p2[1:],box=box,catch=None,since=2,pill=[fatima,lena,ben],skeleton=True,toast=True)
out('home-palette.html','home.html',nav='home',posts=posts,box=box,catch=catch,since=0,palette=True)
p3=[O(p) for p in posts]; p3[0]['open']=True
out('home-menu.html','home.html',nav='home',posts=p3,box=box,catch=None,since=0)
out('home-rtl.html','home.html',nav='home',posts=posts,box=box,catch=catch,since=3,dir='rtl',site='Donaudampfschifffahrt und Hafenbetriebe')
out('thread.html','thread.html',nav='home',above=above,post_=fp,answer=answer,replies=replies,people=[lena,jonas,sunita,me,ben,carla])
pp=[O(posts[4]),O(posts[0])]; pp[0]['by']=None; pp[0]['pinned']=True; pp[1]['author']=lena
out('profile.html','profile.html',nav='people',lena=lena,posts=pp,people=[fatima,ben,jonas])
out('profile-long.html','profile.html',nav='people',lena=long,posts=pp,people=[fatima,ben,jonas],open=True)
out('compose.html','compose.html',nav='compose',whole=whole)
an=O(answer); an['text']='Who brings the heaters? '; an['open']=True; an['count']='476'; an['saved']='Saved 16:20'
out('thread-writing.html','thread.html',nav='home',above=above,post_=O(fp,media=None),answer=an,replies=replies,people=[lena,jonas,sunita,me,ben,carla])
out('states.html','empty.html',nav='people',people=[lena,long,amira,jonas])
print('css',len(css),len(gzip.compress(css.encode(),9)))
