using System.Net;
using Quartier.Client;

namespace Gateway.Tests.Cli;

public sealed class QuartierClientTests
{
    private static readonly DatastreamPath Path = new("muenster", "neutor", "neutor", "total");

    [Fact]
    public async Task Problem_document_becomes_one_exception_with_its_text_and_lines()
    {
        using var server = Server(
            HttpStatusCode.UnprocessableEntity,
            """{"type":"x","title":"The registry file is not sound","status":422,"detail":"1 problem was found.","problems":[{"line":7,"column":3,"message":"no district 'x'"}]}""",
            "application/problem+json");

        var problem = await Assert.ThrowsAsync<QuartierProblemException>(
            () => new QuartierClient(server.Client()).ApplyAsync("muenster", [], dryRun: true, Guarded.Token));

        Assert.Equal(("1 problem was found.", HttpStatusCode.UnprocessableEntity), (problem.Message, problem.Status));
        Assert.Equal((7, 3, "no district 'x'"), (problem.Problems[0].Line, problem.Problems[0].Column, problem.Problems[0].Message));
        Assert.Equal("PUT /api/cities/muenster/registry?dryRun=true", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Answer_that_is_no_problem_document_names_the_request_and_the_status()
    {
        using var server = Server(HttpStatusCode.BadGateway, "<html>", "text/html");

        var problem = await Assert.ThrowsAsync<QuartierProblemException>(() => new QuartierClient(server.Client()).GetCitiesAsync(Guarded.Token));

        Assert.Contains("http://127.0.0.1/api/cities answered 502", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Answer_of_another_shape_asks_for_the_versions(string body)
    {
        using var server = Server(HttpStatusCode.OK, body);

        var problem = await Assert.ThrowsAsync<QuartierProblemException>(() => new QuartierClient(server.Client()).GetStoreAsync(Guarded.Token));

        Assert.Contains("of the same version?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_are_asked_for_in_utc_and_read_with_their_quality()
    {
        using var server = Server(
            HttpStatusCode.OK,
            """{"unit":"{bicycle}","items":[{"time":"2026-07-01T00:00:00.000Z","value":30,"quality":["late"]}],"next":"2026-07-01T00:15:00.000Z"}""");
        var from = new DateTimeOffset(2026, 7, 1, 2, 0, 0, TimeSpan.FromHours(2));

        var page = await new QuartierClient(server.Client()).GetReadingsAsync(Path, from, from.AddDays(1), 100, Guarded.Token);

        Assert.Equal(
            "GET /api/cities/muenster/sensors/neutor/neutor/total/readings?from=2026-07-01T00%3A00%3A00.000Z&to=2026-07-02T00%3A00%3A00.000Z&limit=100",
            Assert.Single(server.Requests));
        Assert.Equal((30, "late"), (page.Items[0].Value, page.Items[0].Quality![0]));
        Assert.Equal(from.AddMinutes(15), page.Next);
    }

    [Fact]
    public async Task Unavailable_silo_still_tells_its_health()
    {
        using var server = Server(HttpStatusCode.ServiceUnavailable, """{"status":"unavailable","checks":[{"name":"store","status":"unavailable","detail":"disk full"}]}""");

        var health = await new QuartierClient(server.Client()).GetHealthAsync(Guarded.Token);

        Assert.Equal(("unavailable", "disk full"), (health.Status, health.Checks[0].Detail));
    }

    [Fact]
    public void Client_without_a_base_address_is_refused()
    {
        using var http = new HttpClient();

        Assert.Throws<ArgumentException>(() => new QuartierClient(http));
    }

    private static StubServer Server(HttpStatusCode status, string body, string type = "application/json") => new(_ => (status, type, body));
}
