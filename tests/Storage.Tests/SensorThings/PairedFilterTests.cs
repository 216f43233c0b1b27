using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Domain.Time;
using Quartier.Storage.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Comparisons of Observations of several paths, and ways from Observations on into others: what they cost, and beyond what nobody looks.</summary>
public sealed class PairedFilterTests : IAsyncLifetime
{
    private const long StartMs = 1_780_000_000_000;

    // How fast the machine is plays no part.
    private static readonly QueryLimits s_limits = QueryLimits.Default with { Time = TimeSpan.FromMinutes(10) };

    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedStore _store;
    private readonly ModelCity _city = new(new Random(3), isNumbered: true);

    public PairedFilterTests() => _store = EmbeddedStore.Open(_directory.Path);

    /// <summary>Datastreams 1 and 2 tell of feature 1, Datastream 3 of feature 2; the last readings of 1 and the first of 2 are one moment.</summary>
    public async ValueTask InitializeAsync()
    {
        await _city.WriteAsync(_store.Entities);
        foreach (var number in _city.All.Values.SelectMany(e => e).SelectMany(e => e.Numbers))
        {
            Assert.Equal(number, _store.Readings.Register(new DatastreamKey("muenster/g/s", $"p{number}"), TimeSpan.FromDays(3_000)));
        }

        ImmutableArray<EntityChange> told =
        [
            new EntityChange.Observe(EntityKind.Datastream, 1, StartMs, 1), new EntityChange.Observe(EntityKind.Datastream, 2, StartMs, 1),
            new EntityChange.Observe(EntityKind.Datastream, 3, StartMs, 2),
        ];
        Assert.Null((await _store.Entities.ChangeAsync(told, StartMs, TestContext.Current.CancellationToken)).Refusal);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Observations/result gt Observations/FeatureOfInterest/Observations/result", 1)]
    [InlineData("Observations/result le Observations/FeatureOfInterest/Observations/result", 1)]
    [InlineData("Observations/result eq Observations/FeatureOfInterest/Observations/result", 1)]
    [InlineData("Observations/result ne Observations/FeatureOfInterest/Observations/result", 1)]
    [InlineData("Observations/phenomenonTime ge Observations/FeatureOfInterest/Observations/phenomenonTime and Observations/id ne Observations/FeatureOfInterest/Observations/id", 1)]
    [InlineData("Observations/result add Observations/FeatureOfInterest/Observations/result eq 0.5", null)]
    [InlineData("Observations/phenomenonTime eq Observations/FeatureOfInterest/Observations/phenomenonTime and Observations/result ne Observations/FeatureOfInterest/Observations/result", 1)]
    [InlineData("Observations/phenomenonTime eq Observations/FeatureOfInterest/Observations/phenomenonTime and Observations/result gt 1 add Observations/FeatureOfInterest/Observations/result", 0)]
    public async Task Plain_comparison_needs_no_pairs_and_all_others_are_counted(string condition, int? found)
    {
        const int count = 2_000;
        Append(1, Enumerable.Range(0, count).Select(i => (StartMs + (i * 1_000L), (double)i)));
        Append(2, Enumerable.Range(0, count).Select(i => (StartMs + ((i + count - 1) * 1_000L), i + count - 1.5)));
        var limits = s_limits with { RowsExamined = 40_000 };
        var outcome = await AskAsync("Datastreams", $"id eq 1 and {condition}", new Watched(), limits);
        if (found is { } expected)
        {
            Assert.Equal((expected, null), (outcome.Value?.Entities.Length, outcome.Problem?.Text));
            return;
        }

        Assert.Equal((QueryProblemKind.LimitExceeded, "rows examined"), (outcome.Problem!.Kind, outcome.Problem.Limit));
        Assert.Contains("40000 readings and pairs of readings", outcome.Problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_to_compare_have_a_limit_and_the_answer_names_it()
    {
        Append(1, Enumerable.Range(0, PairedSearch.MostHeld + 1).Select(i => (StartMs + (i * 1_000L), i % 7.0)));
        Append(2, [(StartMs, 100)]);
        var outcome = await AskAsync("Datastreams", "id eq 1 and Observations/phenomenonTime eq Observations/FeatureOfInterest/Observations/phenomenonTime", new Watched(), s_limits);
        Assert.Equal((QueryProblemKind.LimitExceeded, "values compared"), (outcome.Problem!.Kind, outcome.Problem.Limit));
        Assert.Contains("100000", outcome.Problem.Text, StringComparison.Ordinal);
        outcome = await AskAsync("Datastreams", "id eq 1 and Observations/result lt Observations/FeatureOfInterest/Observations/result", new Watched(), s_limits);
        Assert.Equal((1, null), (outcome.Value?.Entities.Length, outcome.Problem?.Text));
    }

    [Fact]
    public async Task Comparison_of_too_many_paths_is_refused_with_the_limit()
    {
        const string way = "Observations/FeatureOfInterest/";
        var condition = string.Join(" add ", Enumerable.Range(0, 5).Select(i => string.Concat(Enumerable.Repeat(way, i)) + "Observations/result")) + " eq 1";
        var outcome = await AskAsync("Datastreams", condition, new Watched(), s_limits);
        Assert.Equal((QueryProblemKind.LimitExceeded, "paths of a comparison"), (outcome.Problem!.Kind, outcome.Problem.Limit));
        Assert.Contains("5 paths; at most 4", outcome.Problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Observations/FeatureOfInterest/Observations/result gt 0")]
    [InlineData("not (Observations/FeatureOfInterest/Observations/result gt 0)")]
    [InlineData("Observations/result lt Observations/FeatureOfInterest/Observations/result")]
    [InlineData("Observations/result add Observations/FeatureOfInterest/Observations/result gt 0")]
    [InlineData("Observations/FeatureOfInterest/Observations/Datastream/Observations/result gt 0")]
    public async Task Beyond_what_is_withheld_nobody_looks_so_that_nothing_tells_of_which_feature_it_tells(string condition)
    {
        for (var number = 1; number <= 3; number++)
        {
            Append(number, Enumerable.Range(0, 10).Select(i => (StartMs + (i * 1_000L), i + (10.0 * number))));
        }

        var isFound = !condition.StartsWith("not", StringComparison.Ordinal);
        var (all, none, cost) = (new Watched(), new Watched(1), new Dictionary<long, long>());
        Assert.Equal(isFound ? 1 : 0, (await AskAsync("Datastreams", $"id eq 1 and {condition}", all, s_limits)).Value!.Entities.Length);
        Assert.Equal([1, 2], all.Asked.Order());
        Assert.Equal(isFound ? 0 : 1, (await AskAsync("Datastreams", $"id eq 1 and {condition}", none, s_limits)).Value!.Entities.Length);
        Assert.Equal([1], none.Asked);

        // Whether a stream tells of a feature of others or not, it costs the same as long as nothing of it may be seen.
        foreach (var id in new long[] { 1, 3, 4 })
        {
            var purse = new Purse();
            await AskAsync("Datastreams", $"id eq {id} and {condition}", new Watched(1, 3, 4), s_limits with { Cost = purse });
            cost[id] = purse.Spent;
        }

        Assert.Equal(cost[1], cost[3]);
    }

    [Fact]
    public async Task What_leads_on_is_asked_once_a_feature_however_many_observations_lead_to_it()
    {
        Append(1, Enumerable.Range(0, 3_000).Select(i => (StartMs + (i * 1_000L), (double)i)));
        Append(2, [(StartMs, 1)]);
        var purse = new Purse();
        var outcome = await AskAsync(
            "Datastreams", "id le 2 and Observations/FeatureOfInterest/Observations/result add 0 eq -1", new Watched(), s_limits with { Cost = purse });
        Assert.Empty(outcome.Value!.Entities);
        Assert.InRange(purse.Spent, 3_001, 3_600);
    }

    [Fact]
    public async Task Times_of_the_datastreams_that_tell_of_a_feature_are_those_that_may_be_seen()
    {
        Append(1, [(StartMs, 1)]);
        Append(2, [(StartMs + 5_000, 1)]);
        Append(3, [(StartMs + 9_000, 1)]);
        async Task<IEnumerable<long>> FindAsync(string condition, Watched access) =>
            (await AskAsync("FeaturesOfInterest", condition, access, s_limits)).Value!.Entities.Select(e => e.Id);
        var time = IsoTime.Format(StartMs + 4_000);
        Assert.Equal([1, 2], await FindAsync($"Observations/Datastream/phenomenonTime gt {time}", new Watched()));
        Assert.Equal([1], await FindAsync($"Observations/Datastream/resultTime lt {time}", new Watched()));
        Assert.Equal([2], await FindAsync($"Observations/Datastream/phenomenonTime gt {time}", new Watched(2)));
        Assert.Empty(await FindAsync($"Observations/Datastream/phenomenonTime eq null", new Watched(1)));
        Assert.Empty(await FindAsync($"Observations/MultiDatastream/phenomenonTime gt {time}", new Watched()));
    }

    private void Append(int number, IEnumerable<(long TimeMs, double Value)> values)
    {
        var readings = values.Select(v => new Reading(v.TimeMs, v.Value, Quality.Good)).ToArray();
        _ = _store.Readings.Append(number, readings, new AppendOutcome[readings.Length]);
    }

    private async Task<QueryOutcome<EntityPage>> AskAsync(string set, string filter, Watched access, QueryLimits limits)
    {
        Assert.True(QueryUrl.Read(set, "$filter=" + Uri.EscapeDataString(filter), limits).Try(out var read, out var problem), problem?.Text);
        var sight = EntitySight.Entities with { Observations = access };
        return await _store.Entities.FindAsync(new EntityQuery(read.Path, read.Options, ModelCity.NowMs, sight, limits), TestContext.Current.CancellationToken);
    }

    private sealed class Purse : IQuestionCost
    {
        public long Spent { get; private set; }

        public bool TrySpend(long readings)
        {
            Spent += readings;
            return true;
        }
    }

    /// <summary>Shows all but some Datastreams, and notes of which it was asked.</summary>
    private sealed class Watched(params long[] denied) : IObservationAccess
    {
        public HashSet<long> Asked { get; } = [];

        public ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
        {
            Asked.UnionWith(sources.Select(s => s.Id));
            return DecideQuietlyAsync(sources, cancellationToken);
        }

        public ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
            new([.. sources.Select(s => denied.Contains(s.Id) ? ObservationSight.None(s, "not yours") : ObservationSight.All(s))]);
    }
}
