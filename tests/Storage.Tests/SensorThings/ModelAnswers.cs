using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>What a question should find and what it does find.</summary>
internal static class ModelAnswers
{
    /// <summary>In the order of the terms.</summary>
    public static List<long> Sorted(IEnumerable<ModelEntity> entities, IEnumerable<OrderTerm> terms, NaiveEvaluator naive)
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

    /// <summary>All pages of Observations, one after the other.</summary>
    public static async Task<List<long>> ObservationsAsync(EmbeddedStore store, ParsedQuery query, EntitySight sight, string name)
    {
        var found = new List<long>();
        var options = query.Options;
        while (true)
        {
            var outcome = await store.Observations.FindAsync(new ObservationQuery(query.Path, options, ModelCity.NowMs, sight, QueryLimits.Default), CancellationToken.None);
            Assert.True(outcome.Problem is null, $"{name}: {outcome.Problem?.Text}");
            found.AddRange(outcome.Value!.Rows.Select(r => r.Id));
            if (outcome.Value.Next is null || found.Count > 1_000)
            {
                return found;
            }

            options = options with { After = PagePositionText.Read(PagePositionText.Write(outcome.Value.Next), options.OrderBy.Length) };
        }
    }

    /// <summary>All pages, one after the other.</summary>
    public static async Task<List<long>> AllAsync(IEntityStore store, ParsedQuery query, (int Count, EntitySight Sight) known, string name)
    {
        var found = new List<long>();
        var options = query.Options;
        while (true)
        {
            var outcome = await store.FindAsync(new EntityQuery(query.Path, options, ModelCity.NowMs, known.Sight, QueryLimits.Default), CancellationToken.None);
            Assert.True(outcome.Problem is null, $"{name}: {outcome.Problem?.Text}");
            var page = outcome.Value!;
            Assert.True(known.Count == page.Count, $"{name}: {known.Count} expected, {page.Count} counted");
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
