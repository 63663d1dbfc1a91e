//! Three departments with something to read: what is looked at, measured and photographed.

use breezeway::testing::http::send;
use breezeway::testing::{Person, TestApp, eventually, text_of};
use federation_tests::World;
use http::Method;
use serde_json::{Value, json};

/// A page that is looked at.
#[derive(Clone, Debug)]
pub struct Page {
    pub name: &'static str,
    pub path: String,
    /// Without being signed in.
    pub outside: bool,
}

/// The departments, and Ann, who runs the first.
pub struct Town {
    pub world: World,
    pub ann: Person,
    pub pages: Vec<Page>,
}

/// Her home has the width of a picture; drawn for this, so that nobody's rights are in it.
const EVENING: &[u8] = include_bytes!("../../assets/evening.jpg");

impl Town {
    /// Opens the departments and lets everything happen.
    pub async fn open() -> Self {
        let (engineering, sales, people) = tokio::join!(
            TestApp::build()
                .named("Engineering")
                .with(|config| config.site.colour = "#2f5d8a".parse().expect("a colour"))
                .start(),
            TestApp::build()
                .named("Sales")
                .with(|config| config.site.colour = "#a8451f".parse().expect("a colour"))
                .start(),
            TestApp::build()
                .named("People")
                .with(|config| config.site.colour = "#2f6f4f".parse().expect("a colour"))
                .start(),
        );
        let world = World::of_sites(vec![engineering, sales, people]).await;
        let cast = Cast::of(&world).await;
        let thread = cast.talk().await;
        cast.troubles().await;
        world.settles().await;
        let pages = pages(&cast, &thread);
        Self { ann: cast.ann, world, pages }
    }

    /// The site at which Ann works.
    pub fn engineering(&self) -> &TestApp {
        self.world.site("Engineering")
    }
}

fn pages(cast: &Cast, thread: &Value) -> Vec<Page> {
    let inside = |name, path: &str| Page { name, path: path.to_owned(), outside: false };
    let outside = |name, path: &str| Page { name, path: path.to_owned(), outside: true };
    let fatima = format!("/@{}", cast.fatima.handle);
    let own = text_of(thread, "id");
    vec![
        inside("home", "/"),
        inside("home-site", "/timelines/site"),
        inside("home-organisation", "/timelines/organisation"),
        inside("thread", &format!("/@ann/{own}")),
        inside("profile", "/@ann"),
        inside("profile-elsewhere", &fatima),
        inside("people", "/people"),
        inside("people-nobody", "/people?q=nobodyiscalledthat"),
        inside("compose", "/compose"),
        inside("compose-reply", &format!("/compose?reply={own}")),
        inside("drafts", "/drafts"),
        inside("notifications", "/notifications"),
        inside("requests", "/requests"),
        inside("settings", "/settings"),
        inside("settings-moving", "/settings/moving"),
        inside("settings-leaving", "/settings/leave"),
        inside("tag", "/tags/pipeline"),
        inside("desk", "/desk"),
        inside("desk-log", "/desk/log"),
        inside("desk-sites", "/desk/sites"),
        inside("desk-invitations", "/desk/invitations"),
        inside("not-found", "/@nobody-here"),
        outside("sign-in", "/sign-in"),
    ]
}

/// Who is there.
struct Cast {
    ann: Person,
    bela: Person,
    mei: Person,
    carla: Person,
    dov: Person,
    fatima: Person,
    lena: Person,
}

impl Cast {
    async fn of(world: &World) -> Self {
        let (engineering, sales, people) =
            (world.site("Engineering"), world.site("Sales"), world.site("People"));
        let (ann, bela, mei) =
            tokio::join!(engineering.admin("ann"), engineering.person("bela"), engineering.person("mei"));
        let (carla, dov) = tokio::join!(sales.person("carla"), sales.person("dov"));
        let (fatima, lena) = tokio::join!(people.admin("fatima"), people.person("lena"));
        let cast = Self { ann, bela, mei, carla, dov, fatima, lena };
        cast.introduces_itself().await;
        cast.follows().await;
        cast
    }

    async fn introduces_itself(&self) {
        is(&self.ann, "Ann Okafor", "Platform lead. Ask me about builds, queues and sourdough.").await;
        is(&self.bela, "Béla Novák", "Storage and everything that must not get lost.").await;
        is(&self.mei, "Mei Tanaka 田中芽衣", "Front end. I count pixels so that you need not.").await;
        is(&self.carla, "Carla Reyes", "Accounts in the south. I collect the questions customers ask twice.")
            .await;
        is(
            &self.dov,
            "Dov Lindqvist-Papadimitriou von und zu Hohenstaufen",
            "New markets. Mostly on trains.",
        )
        .await;
        is(&self.fatima, "Fatima Haddad", "Head of People. My door is a link, and it is open.").await;
        is(&self.lena, "Lena Kowalska", "Workplace: desks, plants, the roof terrace.").await;
    }

    async fn follows(&self) {
        for other in [&self.bela, &self.mei, &self.carla, &self.dov, &self.fatima, &self.lena] {
            self.ann.follows(other).await;
            other.follows(&self.ann).await;
        }
        self.carla.follows(&self.fatima).await;
    }

    /// What stands in Ann's home; answers the post with the long conversation.
    async fn talk(&self) -> Value {
        self.news().await;
        let post = self.ann.posts(
            "The new build pipeline is live: from commit to canary in **eleven minutes**. Who wants to be the \
             first to ship with it? #pipeline",
        );
        let post = post.await;
        let seen = self.carla.sees("eleven minutes").await;
        let asked = self
            .carla
            .replies(
                &seen,
                "Does that mean the quote tool can be mended the day a customer finds the mistake?",
            )
            .await;
        let asked_here = eventually("the question has arrived", async || {
            self.ann.finds_status(&text_of(&asked, "uri")).await
        });
        let asked_here = asked_here.await;
        let answer = self.ann.replies(&asked_here, "The same morning, if you call before ten.").await;
        self.bela.replies(&answer, "And the morning before, if you ask me what is about to break.").await;
        self.mei.replies(&post, "I would. My branch has waited for this since *Tuesday*.").await;
        let fatimas = self.fatima.sees("eleven minutes").await;
        self.fatima
            .replies(
                &fatimas,
                "Can somebody show it to the four who join us on Monday? Half an hour is plenty.",
            )
            .await;
        for (who, verb) in [
            (&self.carla, "favourite"),
            (&self.dov, "favourite"),
            (&self.lena, "favourite"),
            (&self.dov, "reblog"),
        ] {
            let seen = who.sees("eleven minutes").await;
            who.does(verb, &seen).await;
        }
        for who in [&self.bela, &self.mei] {
            who.does("favourite", &post).await;
        }
        post
    }

    async fn news(&self) {
        self.dov.posts("اجتماع الفريق يوم الخميس الساعة العاشرة صباحا. أهلا بالجميع!").await;
        self.mei.posts("`overflow-wrap: anywhere` is the whole trick:\n\n```css\n.text { overflow-wrap: anywhere; }\n```\n\nhttps://example.org/handbook/writing/for-the-web/and-a-path-that-does-not-want-to-end/index.html").await;
        self.bela.posts("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is one word, and our new test for long ones.").await;
        let four = "Four people join us on Monday. Three small things help more than any handbook:\n\n- say hello before lunch\n- show them *one* thing you are proud of\n- ask what confused them";
        self.fatima.posts(four).await;
        self.shows_the_terrace().await;
        self.carla.posts_with(json!({ "status": "They paid before we sent the invoice.", "spoiler_text": "How the quarter ends" })).await;
        let options = ["The roof terrace", "Room 4, with the good chairs", "Online, as always"];
        let asked = json!({ "status": "Where shall we do the Thursday demo?", "poll": { "options": options, "expires_in": 86_400 } });
        self.lena.posts_with(asked).await;
        let poll = self.ann.sees("Thursday demo").await;
        self.ann
            .post(&format!("/api/v1/polls/{}/votes", text_of(&poll["poll"], "id")), json!({ "choices": [0] }))
            .await
            .ok();
        let seen = self.ann.sees("Four people").await;
        let quote = json!({ "status": "This. And a desk that is ready.", "quoted_status_id": seen["id"] });
        self.ann.post("/api/v1/statuses", quote).await;
        self.ann.does("favourite", &seen).await;
    }

    async fn shows_the_terrace(&self) {
        let alt = "Evening light over three rows of hills, the sun just above the farthest one.";
        let picture = self.lena.uploads("terrace.jpg", "image/jpeg", EVENING, alt).await.ok().json();
        let words =
            "The roof terrace is open until nine from today. This is what you have been missing. #terrace";
        self.lena.posts_with(json!({ "status": words, "media_ids": [picture["id"]] })).await;
        self.ann.sees("roof terrace").await;
    }

    /// Something for the desk and for the requests.
    async fn troubles(&self) {
        let seen = self.ann.sees("They paid before").await;
        let comment = "Numbers of a customer, in front of the whole organisation.";
        let report =
            json!({ "account_id": seen["account"]["id"], "status_ids": [seen["id"]], "comment": comment });
        self.bela.post("/api/v1/reports", report).await.ok();
    }
}

/// Gives somebody a name and says what they do.
async fn is(person: &Person, name: &str, note: &str) {
    let fields = json!([{ "name": "Ask me about", "value": note }, { "name": "Desk", "value": "4.017, by the window" }]);
    let change = json!({ "display_name": name, "note": note, "fields_attributes": fields });
    send(person.request(Method::PATCH, "/api/v1/accounts/update_credentials").json(&change)).await.ok();
}
