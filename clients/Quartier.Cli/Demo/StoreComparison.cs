using System.Globalization;
using Quartier.Client;

namespace Quartier.Cli.Demo;

/// <summary>Compares a city's stored readings, page by page, with what was published.</summary>
internal sealed class StoreComparison(QuartierClient client, string city, PublishedValues published)
{
    /// <summary>Less than a datastream of the sample has, so that following pages is part of the check.</summary>
    private const int PageSize = 2500;

    /// <summary>Enough to see a pattern.</summary>
    private const int LargestNumberOfExamples = 10;

    private readonly List<string> examples = [];

    /// <summary>Published values that the store has otherwise or not at all.</summary>
    public long Missing { get; private set; }

    /// <summary>Stored readings that nobody published.</summary>
    public long Invented { get; private set; }

    /// <summary>Readings that agree.</summary>
    public long Equal { get; private set; }

    /// <summary>The first differences.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Compares every registered datastream, and every published one.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var open = new HashSet<string>(published.Datastreams, StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = await client.GetSensorsAsync(city, district: null, after, cancellation).ConfigureAwait(false);
            foreach (var (sensor, datastream) in page.Items.SelectMany(sensor => sensor.Datastreams, (sensor, datastream) => (sensor, datastream)))
            {
                open.Remove($"{sensor.Gateway}/{sensor.Id}/{datastream.Property}");
                await CompareAsync(new DatastreamPath(city, sensor.Gateway, sensor.Id, datastream.Property), cancellation).ConfigureAwait(false);
            }

            after = page.Next;
        }
        while (after is not null);

        foreach (var datastream in open)
        {
            Missing += published.Of(datastream).Count;
            AddExample($"{datastream} was published and is not registered");
        }
    }

    private async Task CompareAsync(DatastreamPath path, CancellationToken cancellation)
    {
        var name = $"{path.Gateway}/{path.Sensor}/{path.Property}";
        var expected = published.Of(name);
        var found = new HashSet<long>();
        DateTimeOffset? from = DateTimeOffset.UnixEpoch.AddYears(30);
        var to = DateTimeOffset.UnixEpoch.AddYears(200);
        while (from is { } start)
        {
            var page = await client.GetReadingsAsync(path, start, to, PageSize, cancellation).ConfigureAwait(false);
            foreach (var reading in page.Items)
            {
                Compare(name, expected, found, reading.Time.ToUnixTimeMilliseconds(), reading.Value);
            }

            from = page.Next;
        }

        foreach (var (time, value) in expected.Where(pair => !found.Contains(pair.Key)))
        {
            Missing++;
            AddExample(string.Create(CultureInfo.InvariantCulture, $"{name} at {Text(time)}: {value} was published and is not stored"));
        }
    }

    private void Compare(string name, IReadOnlyDictionary<long, double> expected, HashSet<long> found, long time, double value)
    {
        if (!found.Add(time))
        {
            Invented++;
            AddExample($"{name} at {Text(time)} is stored twice");
        }
        else if (!expected.TryGetValue(time, out var wanted))
        {
            Invented++;
            AddExample(string.Create(CultureInfo.InvariantCulture, $"{name} at {Text(time)}: {value} is stored and was not published"));
        }
        else if (!wanted.Equals(value))
        {
            Missing++;
            AddExample(string.Create(CultureInfo.InvariantCulture, $"{name} at {Text(time)}: {wanted} was published, {value} is stored"));
        }
        else
        {
            Equal++;
        }
    }

    private static string Text(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("u", CultureInfo.InvariantCulture);

    private void AddExample(string text)
    {
        if (examples.Count < LargestNumberOfExamples)
        {
            examples.Add(text);
        }
    }
}
