using System.Collections.Immutable;
using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Filters and orders that rest on readings agree with the second implementation, which knows only what the caller may see.</summary>
public sealed class ReadingFilterTests
{
    private const int Cities = 12;
    private const int FiltersOfACity = 100;

    private static readonly EntityKind[] s_kinds =
        [EntityKind.Thing, EntityKind.Location, EntityKind.HistoricalLocation, EntityKind.Datastream, EntityKind.Datastream, EntityKind.MultiDatastream, EntityKind.Sensor, EntityKind.ObservedProperty, EntityKind.FeatureOfInterest];

    [Fact]
    public async Task Filters_into_readings_find_what_the_naive_evaluator_finds_in_what_may_be_seen()
    {
        var (asked, refused, found) = (0, 0, 0L);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            var counted = await CheckCity(seed, (random, kind) => new RandomReadingFilter(random, kind).Condition(2));
            (asked, refused, found) = (asked + counted.Asked, refused + counted.Refused, found + counted.Found);
            return true;
        });
        await Task.Run(() => Check.One(Draws.Of(Cities), property), TestContext.Current.CancellationToken);
        Assert.True(asked >= 1_000, $"only {asked} filters were compared ({refused} had no meaning)");
        Assert.True(found > asked, $"{asked} filters found {found} entities: they test little");
    }

    [Fact]
    public async Task Filters_on_observations_find_what_the_naive_evaluator_finds_in_what_may_be_seen()
    {
        var (asked, found) = (0, 0L);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            var counted = await CheckObservations(seed);
            (asked, found) = (asked + counted.Asked, found + counted.Found);
            return true;
        });
        await Task.Run(() => Check.One(Draws.Of(Cities), property), TestContext.Current.CancellationToken);
        Assert.True(asked >= 900, $"only {asked} filters were compared");
        Assert.True(found > asked, $"{asked} filters found {found} Observations: they test little");
    }

    [Fact]
    public async Task Comparisons_of_several_paths_and_ways_into_other_observations_find_what_the_naive_evaluator_finds()
    {
        var (asked, refused, found) = (0, 0, 0L);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            var counted = await CheckCity(seed, (random, kind) => new RandomPairedFilter(random, kind).Condition(2));
            (asked, refused, found) = (asked + counted.Asked, refused + counted.Refused, found + counted.Found);
            return true;
        });
        await Task.Run(() => Check.One(Draws.Of(Cities), property), TestContext.Current.CancellationToken);
        Assert.True(asked >= 900, $"only {asked} filters were compared ({refused} had no meaning)");
        Assert.True(found > asked, $"{asked} filters found {found} entities: they test little");
    }

    [Theory]
    [InlineData("Datastreams", "Observations/result eq 99", "rows examined")]
    [InlineData("Datastreams", "Observations/FeatureOfInterest/name ne 'nowhere' and Observations/result add 0 eq 99", "rows examined")]
    [InlineData("Datastreams", "Observations/FeatureOfInterest/name ne 'nowhere'", "sources")]
    [InlineData("Datastreams", "Observations/Datastream/Thing/Datastreams/name ne 'nowhere'", "sources")]
    [InlineData("Things", "Datastreams/Observations/result mod 7 eq 99", "rows examined")]
    [InlineData("Datastreams", "Observations/result gt 5", "sources")]
    [InlineData("Datastreams", "phenomenonTime ne null", "sources")]
    public async Task Filter_that_costs_too_much_names_its_limit(string set, string filter, string limit)
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var random = new Random(11);
        var city = new ModelCity(random, isNumbered: true);
        await city.WriteAsync(store.Entities);
        var observed = new ObservedCity(random, city);
        await observed.WriteAsync(store);
        var limits = limit == "sources" ? QueryLimits.Default with { Sources = 3 } : QueryLimits.Default with { RowsExamined = 9 };
        Assert.True(QueryUrl.Read(set, "$filter=" + Uri.EscapeDataString(filter), limits).Try(out var read, out _));
        var outcome = await store.Entities.FindAsync(new EntityQuery(read.Path, read.Options, ModelCity.NowMs, observed.Sight, limits), TestContext.Current.CancellationToken);
        Assert.Equal((QueryProblemKind.LimitExceeded, limit), (outcome.Problem!.Kind, outcome.Problem.Limit));
    }

    [Fact]
    public async Task Sums_of_blocks_spare_looking_at_readings_that_cannot_be_meant()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path, new StoreOptions { BlockReadings = 100 });
        var city = new ModelCity(new Random(3), isNumbered: true);
        await city.WriteAsync(store.Entities);
        var number = store.Readings.Register(new Contracts.Readings.DatastreamKey("muenster/g/s", "p"), TimeSpan.FromDays(3_000));
        var readings = Enumerable.Range(0, 20_000).Select(i => new Contracts.Readings.Reading(ModelCity.NowMs + (i * 60_000L), i == 19_000 ? 900 : i % 50, Contracts.Readings.Quality.Good)).ToArray();
        _ = store.Readings.Append(number, readings, new Contracts.Readings.AppendOutcome[readings.Length]);
        await store.SealAsync(TestContext.Current.CancellationToken);
        var limits = QueryLimits.Default with { RowsExamined = 1_500 };
        async Task<int?> FoundAsync(string condition)
        {
            Assert.True(QueryUrl.Read("Datastreams", $"$filter=id eq 1 and {Uri.EscapeDataString(condition)}", limits).Try(out var read, out _));
            var sight = EntitySight.Entities with { Observations = new AllSeen() };
            return (await store.Entities.FindAsync(new EntityQuery(read.Path, read.Options, ModelCity.NowMs, sight, limits), TestContext.Current.CancellationToken)).Value?.Entities.Length;
        }

        Assert.Equal(1, await FoundAsync("Observations/result gt 899"));
        Assert.Equal(0, await FoundAsync("Observations/result gt 900"));
        Assert.Equal(0, await FoundAsync("Observations/result lt 0 and Observations/phenomenonTime gt 2020-01-01T00:00:00Z"));
        Assert.Null(await FoundAsync("Observations/result add 0 gt 900"));
    }

    [Theory]
    [InlineData("Datastreams", "Observations/result eq 99")]
    [InlineData("Things", "Datastreams/Observations/result mod 7 eq 99")]
    [InlineData("Datastreams", "phenomenonTime ne null")]
    [InlineData("Datastreams", "Observations/result add Thing/MultiDatastreams/Observations/result/0 eq 99")]
    [InlineData("Datastreams", "Observations/FeatureOfInterest/Observations/result eq 99")]
    [InlineData("Observations", "result add 0 eq 99")]
    [InlineData("Observations", "")]
    public async Task Question_tells_what_it_costs_before_it_costs_it_and_ends_where_it_may_not_go_on(string set, string filter)
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var random = new Random(11);
        var city = new ModelCity(random, isNumbered: true);
        await city.WriteAsync(store.Entities);
        var observed = new ObservedCity(random, city);
        await observed.WriteAsync(store);
        async Task<(string? Limit, long Spent)> AskAsync(long most)
        {
            var cost = new Purse(most);
            var limits = QueryLimits.Default with { Cost = cost };
            Assert.True(QueryUrl.Read(set, filter.Length > 0 ? "$filter=" + Uri.EscapeDataString(filter) : string.Empty, limits).Try(out var read, out _));
            var problem = set == "Observations"
                ? (await store.Observations.FindAsync(new ObservationQuery(read.Path, read.Options, ModelCity.NowMs, observed.Sight, limits), TestContext.Current.CancellationToken)).Problem
                : (await store.Entities.FindAsync(new EntityQuery(read.Path, read.Options, ModelCity.NowMs, observed.Sight, limits), TestContext.Current.CancellationToken)).Problem;
            return (problem?.Limit, cost.Spent);
        }

        var (limit, spent) = await AskAsync(long.MaxValue);
        Assert.Null(limit);
        Assert.True(spent >= 20, $"{spent}");
        foreach (var most in new[] { 0, 20, spent / 2, spent - 1 })
        {
            Assert.Equal("questions at once", (await AskAsync(most)).Limit);
        }

        Assert.Equal((null, spent), await AskAsync(spent));
    }

    [Fact]
    public async Task Long_statement_tells_its_steps_and_ends_where_it_may_not_go_on()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var name = EntityTypes.Of(EntityKind.Location).Property("name")!;
        await store.Entities.ChangeAsync(
            [.. Enumerable.Range(1, 2_000).Select(i => new EntityChange.Insert(EntityKind.Location, i, new EntityOwner("muenster", null, null), [new(name, EntityValue.Of($"l{i}"))], [], []))],
            5,
            TestContext.Current.CancellationToken);
        var read = QueryUrl.Read("Locations", "$filter=" + Uri.EscapeDataString("length(concat(name,'a')) gt 40"), QueryLimits.Default).Value!;
        async Task<(string? Limit, long Spent)> AskAsync(long most)
        {
            var cost = new Purse(most);
            var query = new EntityQuery(read.Path, read.Options, 5, EntitySight.Entities, QueryLimits.Default with { Cost = cost });
            return ((await store.Entities.FindAsync(query, TestContext.Current.CancellationToken)).Problem?.Limit, cost.Spent);
        }

        var (limit, spent) = await AskAsync(long.MaxValue);
        Assert.Null(limit);
        Assert.True(spent > 0);
        Assert.Equal("questions at once", (await AskAsync(spent - 1)).Limit);
        Assert.Null((await AskAsync(spent)).Limit);
    }

    private sealed class Purse(long most) : IQuestionCost
    {
        public long Spent { get; private set; }

        public bool TrySpend(long readings)
        {
            Spent += readings;
            return Spent <= most;
        }
    }

    private sealed class AllSeen : IObservationAccess
    {
        public ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
            new([.. sources.Select(ObservationSight.All)]);

        public ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
            DecideAsync(sources, cancellationToken);
    }

    private static async Task<(int Asked, long Found)> CheckObservations(int seed)
    {
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path, new StoreOptions { BlockReadings = 16 });
        var city = new ModelCity(random, isNumbered: true);
        await city.WriteAsync(store.Entities);
        var observed = new ObservedCity(random, city);
        await observed.WriteAsync(store);
        var (naive, found) = (new NaiveEvaluator(ModelCity.NowMs), 0L);
        for (var i = 0; i < FiltersOfACity; i++)
        {
            var texts = new RandomObservationFilter(random);
            var (filter, order) = (texts.Condition(), texts.Order());
            var name = $"seed {seed}: Observations $filter={filter}&$orderby={order}";
            var query = $"$filter={Uri.EscapeDataString(filter)}&$orderby={Uri.EscapeDataString(order)}&$top={random.Next(5, 40)}";
            Assert.True(QueryUrl.Read("Observations", query, QueryLimits.Default).Try(out var read, out var problem), $"{name}: {problem?.Text}");
            var expected = ModelAnswers.Sorted(city.All[EntityKind.Observation].Where(o => naive.Passes(read.Options.Filter!, o)), read.Options.OrderBy, naive);
            var actual = await ModelAnswers.ObservationsAsync(store, read, observed.Sight, name);
            Assert.True(expected.SequenceEqual(actual), $"{name}: expected {string.Join(',', expected)}, found {string.Join(',', actual)}");
            found += expected.Count;
        }

        return (FiltersOfACity, found);
    }

    private static async Task<(int Asked, int Refused, long Found)> CheckCity(int seed, Func<Random, EntityKind, string> condition)
    {
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path, new StoreOptions { BlockReadings = 16 });
        var city = new ModelCity(random, isNumbered: true);
        await city.WriteAsync(store.Entities);
        var observed = new ObservedCity(random, city);
        await observed.WriteAsync(store);
        if (random.Next(2) == 0)
        {
            await store.SealAsync(CancellationToken.None);
        }

        var naive = new NaiveEvaluator(ModelCity.NowMs);
        var (asked, refused, found) = (0, 0, 0L);
        for (var i = 0; i < FiltersOfACity; i++)
        {
            var kind = s_kinds[random.Next(s_kinds.Length)];
            var (filter, order) = (condition(random, kind), new RandomReadingFilter(random, kind).Order());
            var query = $"$filter={Uri.EscapeDataString(filter)}&$top={random.Next(1, 6)}&$count=true" + (order.Length > 0 ? $"&$orderby={Uri.EscapeDataString(order)}" : string.Empty);
            var name = $"seed {seed}: {kind} $filter={filter}&$orderby={order}";
            if (!QueryUrl.Read(EntityTypes.Of(kind).SetName, query, QueryLimits.Default).Try(out var read, out var problem))
            {
                Assert.True(problem.Kind == QueryProblemKind.Syntax && problem.Position >= 0, $"{name}: {problem.Text}");
                refused++;
                continue;
            }

            var expected = ModelAnswers.Sorted(city.All[kind].Where(e => naive.Passes(read.Options.Filter!, e)), read.Options.OrderBy, naive);
            var actual = await ModelAnswers.AllAsync(store.Entities, read, (expected.Count, observed.Sight), name);
            Assert.True(expected.SequenceEqual(actual), $"{name}: expected {string.Join(',', expected)}, found {string.Join(',', actual)}");
            (asked, found) = (asked + 1, found + expected.Count);
        }

        return (asked, refused, found);
    }
}
