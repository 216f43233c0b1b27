using FsCheck;
using FsCheck.Fluent;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>The store agrees with the second implementation on random data, filters, orders and pages.</summary>
public sealed class EntityQueryTests
{
    private const int Cities = 25;
    private const int FiltersOfACity = 420;

    private static readonly EntityKind[] s_kinds =
        [EntityKind.Thing, EntityKind.Location, EntityKind.HistoricalLocation, EntityKind.Datastream, EntityKind.MultiDatastream, EntityKind.Sensor, EntityKind.ObservedProperty, EntityKind.FeatureOfInterest];

    [Fact]
    public async Task The_store_finds_orders_and_pages_as_the_naive_evaluator_does()
    {
        var (asked, refused, found) = (0, 0, 0L);
        await Task.Run(
            () => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var counted = CheckCity(seed).GetAwaiter().GetResult();
                (asked, refused, found) = (asked + counted.Asked, refused + counted.Refused, found + counted.Found);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cities)),
            TestContext.Current.CancellationToken);
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

            var expected = Sorted(city.All[kind].Where(e => naive.Passes(read.Options.Filter!, e)), read.Options.OrderBy, naive);
            var actual = await All(store.Entities, read, expected.Count, $"seed {seed}: {kind} {filter} | {order}");
            Assert.True(expected.SequenceEqual(actual), $"seed {seed}: {kind} $filter={filter}&$orderby={order}: expected {string.Join(',', expected)}, found {string.Join(',', actual)}");
            (asked, found) = (asked + 1, found + expected.Count);
        }

        return (asked, refused, found);
    }

    private static List<long> Sorted(IEnumerable<ModelEntity> entities, IEnumerable<OrderTerm> terms, NaiveEvaluator naive)
    {
        var sorted = entities.ToList();
        sorted.Sort((a, b) =>
        {
            foreach (var term in terms)
            {
                var order = NaiveEvaluator.CompareKeys(naive.Key(term.By, a), naive.Key(term.By, b));
                if (order != 0)
                {
                    return term.Descending ? -order : order;
                }
            }

            return a.Id.CompareTo(b.Id);
        });
        return [.. sorted.Select(e => e.Id)];
    }

    private static async Task<List<long>> All(IEntityStore store, ParsedQuery query, int count, string name)
    {
        var found = new List<long>();
        var options = query.Options;
        while (true)
        {
            var outcome = await store.FindAsync(new EntityQuery(query.Path, options, ModelCity.NowMs, EntitySight.Entities, QueryLimits.Default), CancellationToken.None);
            Assert.True(outcome.Problem is null, $"{name}: {outcome.Problem?.Text}");
            var page = outcome.Value!;
            Assert.Equal(count, page.Count);
            found.AddRange(page.Entities.Select(e => e.Id));
            if (page.Next is null || found.Count > 1_000)
            {
                return found;
            }

            var position = PagePositionText.Read(PagePositionText.Write(page.Next), options.OrderBy.Length);
            options = options with { After = position };
        }
    }
}
