//! What happens between the departments, step by step, each told when it has arrived.

use anyhow::bail;

use super::department::{Department, Seen};

/// The three shake hands, each with each.
pub async fn peer(departments: &[Department]) -> anyhow::Result<()> {
    println!("\nThe departments shake hands:");
    for (index, one) in departments.iter().enumerate() {
        for other in &departments[index + 1..] {
            one.peers_with(other).await?;
            println!("  {} and {} are in one organisation", one.name(), other.name());
        }
    }
    Ok(())
}

/// A conversation across all three.
pub async fn talk(departments: &[Department]) -> anyhow::Result<()> {
    let [engineering, sales, people] = departments else {
        bail!("the conversation is written for three departments");
    };
    follow(engineering, sales, people).await?;
    println!("\nAnd they talk:");
    pipeline(engineering, sales, people).await?;
    terrace(engineering, sales, people).await?;
    welcome(engineering, sales, people).await
}

async fn follow(engineering: &Department, sales: &Department, people: &Department) -> anyhow::Result<()> {
    println!("\nColleagues follow one another across the border:");
    let follows = [
        (sales, "carla", engineering, "ann"),
        (sales, "dov", engineering, "ann"),
        (people, "jonas", engineering, "ann"),
        (engineering, "ann", sales, "carla"),
        (engineering, "bela", people, "lena"),
        (engineering, "mei", people, "lena"),
        (sales, "sunita", people, "lena"),
        (sales, "carla", people, "fatima"),
        (engineering, "ann", people, "fatima"),
        (people, "lena", sales, "sunita"),
        (people, "fatima", sales, "carla"),
    ];
    for (at, who, there, whom) in follows {
        at.follows(who, &there.handle(whom)).await?;
        println!("  {who} ({}) follows {whom} ({})", at.name(), there.name());
    }
    Ok(())
}

/// A post with a reply, an answer to it, likes and a repost.
async fn pipeline(engineering: &Department, sales: &Department, people: &Department) -> anyhow::Result<()> {
    let post = engineering
        .posts(
            "ann",
            "The new build pipeline is live: from commit to canary in **eleven minutes**. \
             Who wants to be the first to ship with it? #pipeline",
        )
        .await?;
    told("ann", engineering, "posts about the new pipeline");
    let at_sales = arrived(sales.sees("carla", "eleven minutes").await?, "carla", sales);
    let at_people = arrived(people.sees("jonas", "eleven minutes").await?, "jonas", people);
    sales.sees("dov", "eleven minutes").await?;

    let question = format!(
        "@{} Does that mean the quote tool can be mended the day a customer finds the mistake?",
        engineering.handle("ann")
    );
    sales.replies("carla", at_sales, &question).await?;
    told("carla", sales, "asks back");
    let asked = arrived(engineering.sees("ann", "quote tool").await?, "ann", engineering);
    let answer = format!("@{} The same morning, if you call before ten.", sales.handle("carla"));
    engineering.replies("ann", asked, &answer).await?;
    told("ann", engineering, "answers");
    arrived(sales.sees("carla", "The same morning").await?, "carla", sales);

    people.likes("jonas", at_people).await?;
    sales.likes("carla", at_sales).await?;
    sales.reposts("dov", at_sales).await?;
    told("jonas", people, "likes the post, carla at Sales does too, and dov reposts it");
    engineering.counts(post, (2, 1, 1)).await?;
    println!("    → Engineering counts two likes, a repost and an answer under Ann's post");
    Ok(())
}

/// A picture with alternative text.
async fn terrace(engineering: &Department, sales: &Department, people: &Department) -> anyhow::Result<()> {
    let post = people
        .shows(
            "lena",
            "The roof terrace is open until nine from today. This is what you have been missing. #terrace",
            "Evening light over three rows of hills, the sun just above the farthest one.",
        )
        .await?;
    told("lena", people, "posts a picture of the view from the terrace");
    let at_engineering = arrived(engineering.sees("bela", "roof terrace").await?, "bela", engineering);
    engineering.sees("mei", "roof terrace").await?;
    let at_sales = arrived(sales.sees("sunita", "roof terrace").await?, "sunita", sales);

    let words = format!("@{} Moving the Thursday demo up there. Bring jackets.", people.handle("lena"));
    sales.replies("sunita", at_sales, &words).await?;
    told("sunita", sales, "has an idea");
    arrived(people.sees("lena", "Thursday demo").await?, "lena", people);
    engineering.likes("bela", at_engineering).await?;
    engineering.likes("mei", at_engineering).await?;
    people.counts(post, (2, 0, 1)).await?;
    println!("    → People counts two likes and an answer under Lena's picture");
    Ok(())
}

/// A post with a list, read by two departments.
async fn welcome(engineering: &Department, sales: &Department, people: &Department) -> anyhow::Result<()> {
    people
        .posts(
            "fatima",
            "Four people join us on Monday. Three small things help more than any handbook:\n\n\
             - say hello before lunch\n- show them *one* thing you are proud of\n- ask what confused them",
        )
        .await?;
    told("fatima", people, "writes about Monday");
    arrived(engineering.sees("ann", "say hello before lunch").await?, "ann", engineering);
    let at_sales = arrived(sales.sees("carla", "say hello before lunch").await?, "carla", sales);
    sales.likes("carla", at_sales).await?;
    Ok(())
}

fn told(who: &str, at: &Department, what: &str) {
    println!("  {who} ({}) {what}", at.name());
}

fn arrived(seen: Seen, who: &str, at: &Department) -> crate::base::id::StatusId {
    println!("    → {who} sees it at {} after {} ms", at.name(), seen.millis);
    seen.status
}
