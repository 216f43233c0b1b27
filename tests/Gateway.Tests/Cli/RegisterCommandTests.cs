using System.CommandLine;
using System.Net;
using Quartier.Cli.Registers;
using Quartier.Client;

namespace Gateway.Tests.Cli;

public sealed class RegisterCommandTests
{
    private const string Digest = "0a1b";

    [Fact]
    public async Task Register_is_read_without_a_key_and_written_for_people()
    {
        using var server = new StubServer(_ => (HttpStatusCode.OK, "application/json",
            """
            {"city":"muenster","name":"Münster","registryVersion":7,"next":null,"items":[
              {"stream":"g/s/total","name":"Räder","sensor":"Promenade","district":"mitte","question":"?","quarantine":false,"class":"public","operator":"Stadt",
               "office":{"id":"m","name":"Amt","contact":"a@example.org"},
               "purposes":[{"id":"p","name":"Planung","legalBasis":"§ 1","question":"Wie viel?","reviewDay":"2026-01-01","reviewPassed":true}],
               "retention":[{"resolution":"raw","days":90}],
               "access":[{"kind":"person","who":{"de":"eine benannte Person","en":"a named person"},"purpose":"p","resolution":"hour","scope":"cell","until":"never"}]},
              {"stream":"g/s/x","name":"X","sensor":"Promenade","district":"mitte","question":"?","quarantine":true,"class":"sensitive","operator":null,
               "office":{"id":"m","name":"Amt","contact":"a@example.org"},"purposes":[],"retention":[{"resolution":"raw","days":1}],"access":[]}]}
            """));
        var page = await new QuartierClient(server.Client()).Records.GetRegisterAsync("muenster", "a/b", Guarded.Token);
        Assert.Equal("GET /open/cities/muenster/register?limit=1000&after=a%2Fb", Assert.Single(server.Requests));
        var output = new StringWriter();
        foreach (var stream in page.Items)
        {
            RegisterCommand.Write(output, stream);
        }

        Assert.Equal(
            """
            g/s/total: Räder (Promenade, mitte)
                public; operator Stadt; office Amt, a@example.org
                for Planung: Wie viel? § 1; review 2026-01-01 OVERDUE
                kept: raw 90 days
                read by a named person for p: hour per cell, until never
            g/s/x: X (Promenade, mitte)
                QUARANTINE: no policy covers it; kept for one day, read by nobody
                sensitive; operator not stated; office Amt, a@example.org
                kept: raw 1 days

            """,
            output.ToString());
    }

    [Fact]
    public async Task Record_is_approved_by_the_digest_of_what_was_read()
    {
        using var server = new StubServer(r => (HttpStatusCode.OK, "application/json", r.Method == HttpMethod.Post
            ? $$"""{"number":3,"digest":"{{Digest}}","by":"person:dora","at":"2026-07-02T00:00:00.000Z"}"""
            : $$"""{"kind":"processing","asOf":"2026-07-02T00:00:00.000Z","digest":"{{Digest}}","unchanged":false,"approved":null,"record":{"city":"x"} }"""));
        var records = new QuartierClient(server.Client()).Records;
        var view = await records.GetAsync("muenster", "processing", Guarded.Token);
        var approval = await records.ApproveAsync("muenster", "processing", view.Digest, Guarded.Token);
        Assert.Equal((3, "person:dora", "x"), (approval.Number, approval.By, view.Record.GetProperty("city").GetString()));
        Assert.Equal(["GET /api/cities/muenster/records/processing", $"POST /api/cities/muenster/records/processing/approve?digest={Digest}"], server.Requests);
    }

    [Fact]
    public void Changes_say_what_came_what_went_and_what_became_of_the_rest()
    {
        var output = new StringWriter();
        RecordsCommand.Write(output, new("processing", Digest, null, [new("a", null, "1"), new("b", "2", null), new("c", "3", "4")], 5));
        Assert.Equal("never approved: all is new\n+ a: nothing -> 1\n- b: 2 -> nothing\n~ c: 3 -> 4\n3 changes, and 5 more\n", output.ToString());
    }

    [Fact]
    public void Contract_shows_its_end_and_its_keys()
    {
        var text = ContractsCommand.Describe(new("radkarte", "Radkarte e. V.", ["counts"], ["info"], "Nein.", DateTimeOffset.UnixEpoch, true, ["k1", "k2"]));
        Assert.Equal("radkarte: Radkarte e. V.; ENDED 1970-01-01 00:00:00Z\n    counts for info; passing on: Nein.\n    keys: k1, k2", text);
    }

    [Theory]
    [InlineData("processing --approve --changes", false)]
    [InlineData("impact-assessment --approve --html a.html", false)]
    [InlineData("impact-assessment --changes --html a.html", true)]
    [InlineData("processing --approve --city muenster", true)]
    [InlineData("something", false)]
    public void Nothing_is_approved_that_is_not_shown(string line, bool isSound) =>
        Assert.Equal(isSound, new RootCommand { RecordsCommand.Create() }.Parse("records " + line).Errors.Count == 0);
}
