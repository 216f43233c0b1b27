using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>The store agrees with the second implementation on random data, filters, orders and pages.</summary>
public sealed class EntityQueryTests
{
    private const int Cities = 30;
    private const int FiltersOfACity = 420;

    private static readonly EntityKind[] s_kinds =
        [EntityKind.Thing, EntityKind.Location, EntityKind.HistoricalLocation, EntityKind.Datastream, EntityKind.MultiDatastream, EntityKind.Sensor, EntityKind.ObservedProperty, EntityKind.FeatureOfInterest];

    [Fact]
    public async Task The_store_finds_orders_and_pages_as_the_naive_evaluator_does()
    {
        var (asked, refused, found) = (0, 0, 0L);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            var counted = await CheckCity(seed);
            (asked, refused, found) = (asked + counted.Asked, refused + counted.Refused, found + counted.Found);
            return true;
        });
        await Task.Run(() => Check.One(Draws.Of(Cities), property), TestContext.Current.CancellationToken);
        Assert.True(asked >= 10_000, $"only {asked} filters were compared ({refused} had no meaning)");
        Assert.True(found > asked, $"{asked} filters found {found} entities: they test little");
    }

    private static async Task<(int Asked, int Refused, long Found)> CheckCity(int seed)
    {
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        var city = new ModelCity(random);
        await city.WriteAsync(store.Entities);
        var naive = new NaiveEvaluator(ModelCity.NowMs);
        var (asked, refused, found) = (0, 0, 0L);
        for (var i = 0; i < FiltersOfACity; i++)
        {
            var kind = s_kinds[random.Next(s_kinds.Length)];
            var texts = new RandomFilter(random, kind);
            var (filter, order) = (texts.Condition(2), texts.Order());
            var query = $"$filter={Uri.EscapeDataString(filter)}&$top={random.Next(1, 6)}&$count=true" + (order.Length > 0 ? $"&$orderby={Uri.EscapeDataString(order)}" : string.Empty);
            var parsed = QueryUrl.Read(EntityTypes.Of(kind).SetName, query, QueryLimits.Default);
            if (!parsed.Try(out var read, out var problem))
            {
                Assert.True(problem.Kind == QueryProblemKind.Syntax && problem.Position >= 0, $"seed {seed}: {filter}: {problem.Text}");
                refused++;
                continue;
            }

            var expected = ModelAnswers.Sorted(city.All[kind].Where(e => naive.Passes(read.Options.Filter!, e)), read.Options.OrderBy, naive);
            var actual = await ModelAnswers.AllAsync(store.Entities, read, (expected.Count, EntitySight.Entities), $"seed {seed}: {kind} {filter} | {order}");
            Assert.True(expected.SequenceEqual(actual), $"seed {seed}: {kind} $filter={filter}&$orderby={order}: expected {string.Join(',', expected)}, found {string.Join(',', actual)}");
            (asked, found) = (asked + 1, found + expected.Count);
        }

        return (asked, refused, found);
    }
}
