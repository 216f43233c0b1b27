using System.Net;
using Quartier.Cli.Demo;
using Quartier.Client;

namespace Gateway.Tests.Cli;

public sealed class StoreComparisonTests : IDisposable
{
    private const string Sensors = """
        {"items":[{"gateway":"alpha","id":"alpha","name":"A","district":"d","office":"o","asset":null,"location":null,"datastreams":
        [{"property":"total","name":"T","unit":"1","class":"public","interval":null,"time":null,"value":null,"quality":[],"stale":false}]}],"next":null}
        """;

    private readonly string directory = Directory.CreateTempSubdirectory("quartier-check-").FullName;

    public StoreComparisonTests()
    {
        Directory.CreateDirectory(Path.Combine(directory, "bicycle-counts"));
        Directory.CreateDirectory(Path.Combine(directory, "parking"));
        Publish("Datetime,1 (Alpha),1-status\n2026-07-01 02:00,5,0\n2026-07-01 02:15,6,0\n");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("00:00 5;00:15 6", 2, 0, 0, null)]
    [InlineData("00:00 5", 1, 1, 0, "6 was published and is not stored")]
    [InlineData("00:00 5;00:15 7", 1, 1, 0, "6 was published, 7 is stored")]
    [InlineData("00:00 5;00:15 6;00:30 9", 2, 0, 1, "9 is stored and was not published")]
    [InlineData("00:00 5;00:00 5;00:15 6", 2, 0, 1, "is stored twice")]
    public async Task Comparison_finds_what_differs(string stored, long equal, long missing, long invented, string? example)
    {
        using var server = new StubServer(request => Answer(request, stored));
        var comparison = new StoreComparison(new QuartierClient(server.Client()), "muenster", PublishedValues.Read(directory));

        await comparison.RunAsync(Guarded.Token);

        Assert.Equal((equal, missing, invented), (comparison.Equal, comparison.Missing, comparison.Invented));
        Assert.Equal(example is null ? 0 : 1, comparison.Examples.Count);
        Assert.All(comparison.Examples, text => Assert.Contains(example!, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comparison_finds_a_published_datastream_that_is_not_registered()
    {
        Publish("Datetime,1 (Alpha),2 (Alpha IN),1-status,2-status\n2026-07-01 02:00,5,5,0,0\n2026-07-01 02:15,6,6,0,0\n");
        using var server = new StubServer(request => Answer(request, "00:00 5;00:15 6"));
        var comparison = new StoreComparison(new QuartierClient(server.Client()), "muenster", PublishedValues.Read(directory));

        await comparison.RunAsync(Guarded.Token);

        Assert.Equal((2, 2, 0), (comparison.Equal, comparison.Missing, comparison.Invented));
        Assert.Equal("alpha/alpha/c2 was published and is not registered", Assert.Single(comparison.Examples));
    }

    [Theory]
    [InlineData("2026-07-01 02:00", "2026-07-01T00:00:00Z")]
    [InlineData("2026-03-29 01:45", "2026-03-29T00:45:00Z")]
    [InlineData("2026-03-29 03:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25 03:00", "2026-10-25T02:00:00Z")]
    public void Check_knows_german_summer_time(string local, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), PublishedValues.TimeMs(local));

    private static (HttpStatusCode Status, string Type, string Body) Answer(HttpRequestMessage request, string stored)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/sensors", StringComparison.Ordinal))
        {
            return (HttpStatusCode.OK, "application/json", Sensors);
        }

        // The first page ends after one reading, so that the second must be asked for.
        var all = stored.Split(';').Select(text => text.Split(' ')).ToList();
        var isFirst = request.RequestUri.Query.Contains("from=2000", StringComparison.Ordinal);
        var items = (isFirst ? all.Take(1) : all.Skip(1)).Select(part => $$"""{"time":"2026-07-01T{{part[0]}}:00.000Z","value":{{part[1]}},"quality":[]}""");
        var next = isFirst && all.Count > 1 ? $"\"2026-07-01T{all[1][0]}:00.000Z\"" : "null";
        return (HttpStatusCode.OK, "application/json", $$"""{"unit":"1","items":[{{string.Join(',', items)}}],"next":{{next}}}""");
    }

    private void Publish(string text) => File.WriteAllText(Path.Combine(directory, "bicycle-counts", "1-2026-07.csv"), text);
}
