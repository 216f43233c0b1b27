using Api.Tests.Fakes;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>Exports: permitted, clipped, streamed, recorded.</summary>
public sealed class ExportTests
{
    private const string Path = "/api/cities/muenster/export?from=2026-07-01T12:00:00Z&to=2026-07-02T00:00:00Z&streams=promenade/zaehler/total,parkleitsystem/theater/free";
    private const long Noon = SamplePolicy.Now - (12 * SamplePolicy.Hour);

    [Fact]
    public async Task Readings_are_a_table_of_all_datastreams()
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        var (response, text) = await anybody.AskAsync(Path);
        using var answer = response;
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("all-know", response.Headers.GetValues("Quartier-Grant").Single());
        var lines = text.TrimEnd().Split("\r\n");
        Assert.Equal("gateway,sensor,property,time,value,unit,quality", lines[0]);
        Assert.Equal("promenade,zaehler,total,2026-07-01T12:00:00.000Z,0.5,{bicycle},late", lines[1]);
        Assert.Equal("parkleitsystem,theater,free,2026-07-01T12:00:00.000Z,100,{space},", lines[6]);
        Assert.Equal(8, lines.Length);
        var entries = host.Ledger.Entries.Where(e => e.Entry.Kind == LedgerEntryKind.Export).Select(e => (e.Entry.Detail, e.Entry.District, e.Entry.Rows));
        Assert.Equal([("export-begun", "hafen", 0L), ("export-begun", "mitte", 0L), ("export-ended", "hafen", 2L), ("export-ended", "mitte", 5L)], entries.Order());
    }

    [Theory]
    [InlineData("csv", "")]
    [InlineData("json", "")]
    [InlineData("csv", "&window=PT15M")]
    [InlineData("json", "&window=P1D")]
    public async Task Pages_together_are_the_whole_export_whatever_the_row_limit(string format, string window)
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        var whole = await PagesAsync(anybody, $"{Path}&format={format}{window}");
        for (var limit = 1; limit <= 6; limit++)
        {
            host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { RowLimit = limit }));
            Assert.Equal(whole, await PagesAsync(anybody, $"{Path}&format={format}{window}", limit));
        }
    }

    [Theory]
    [InlineData("purpose=fun", "purpose-unknown")]
    [InlineData("purpose=operation", "no-grant")]
    public async Task One_datastream_that_is_denied_denies_the_export(string query, string reason)
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        Assert.Equal(reason, (await anybody.JsonAsync($"{Path}&{query}", 403))["reason"]!.GetValue<string>());
        Assert.Equal("no-grant", (await anybody.JsonAsync(Path + ",promenade/zaehler/battery", 403))["reason"]!.GetValue<string>());
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Hour)));
        Assert.Equal("too-fine", (await anybody.JsonAsync(Path, 403))["reason"]!.GetValue<string>());
        Assert.DoesNotContain("late", (await anybody.AskAsync(Path + "&window=PT1H")).Text);
    }

    [Theory]
    [InlineData("/api/cities/muenster/export", 400)]
    [InlineData("/api/cities/muenster/export?streams=promenade/zaehler/none", 404)]
    [InlineData("/api/cities/muenster/export?streams=promenade/zaehler/total&format=xml&purpose=operation", 400)]
    [InlineData("/api/cities/muenster/export?streams=promenade/zaehler/total&after=7.1&purpose=operation", 400)]
    [InlineData("/api/cities/muenster/export?streams=promenade/zaehler/total&after=x&purpose=operation", 400)]
    [InlineData("/api/cities/muenster/export?streams=promenade/zaehler/total&window=P2D&purpose=operation", 400)]
    public async Task Export_that_cannot_be_understood_is_refused(string path, int status)
    {
        await using var host = await StartAsync();
        await host.GetAsync(path, status);
    }

    [Fact]
    public async Task Json_carries_obligations_and_leaves_out_what_is_redacted()
    {
        await using var host = await StartAsync();
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { Redactions = Redactions.Quality, Onward = "not at all" }));
        using var anybody = host.Anybody();
        var document = await anybody.JsonAsync(Path + "&format=json", 200);
        Assert.Equal("not at all", document["obligations"]![0]!["obligations"]!["onward"]!.GetValue<string>());
        Assert.Equal(7, document["items"]!.AsArray().Count);
        Assert.All(document["items"]!.AsArray(), i => Assert.Null(i!["quality"]));
        Assert.DoesNotContain("late", (await anybody.AskAsync(Path)).Text);
    }

    private static async Task<List<string>> PagesAsync(HttpClient client, string path, int limit = int.MaxValue)
    {
        var rows = new List<string>();
        for (string? next = path; next is not null;)
        {
            var (response, text) = await client.AskAsync(next);
            using var answer = response;
            Assert.True((int)response.StatusCode == 200, text);
            string[] page = path.Contains("json", StringComparison.Ordinal)
                ? [.. System.Text.Json.Nodes.JsonNode.Parse(text)!["items"]!.AsArray().Select(i => i!.ToJsonString())]
                : [.. text.TrimEnd().Split("\r\n").Skip(1)];
            Assert.True(page.Length <= limit, $"{page.Length} rows");
            rows.AddRange(page);
            Assert.True(rows.Count < 1000, "The pages do not end.");
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single()[1..links.Single().IndexOf('>')] : null;
        }

        return rows;
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync(h =>
        {
            h.Put("promenade", "zaehler", 0, [.. Enumerable.Range(0, 5).Select(i => new Reading(Noon + (i * 900_000), i + 0.5, Quality.Late))]);
            h.Put("parkleitsystem", "theater", 0, [.. Enumerable.Range(0, 2).Select(i => new Reading(Noon + (i * 900_000), 100, Quality.Good))]);
            h.District("mitte").State = h.District("mitte").State with { NowMs = SamplePolicy.Now };
            h.District("hafen").State = h.District("hafen").State with { NowMs = SamplePolicy.Now };
        });
        host.Policies.Set(SamplePolicy.Open);
        return host;
    }
}
