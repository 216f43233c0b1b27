using System.Collections.Immutable;
using Orleans.Runtime;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;
using Quartier.Domain.Registry;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Carries plans out, one after the other: what a plan reads cannot change before it is made. Each goes through its city's grain, which records it,
/// makes registry and entities one transaction, and tells whom it concerns.
/// </summary>
internal sealed class EntityDesk(WritePorts ports) : IDisposable
{
    /// <summary>Changes that wait for their turn: some seconds of work; whoever comes then is asked to come again.</summary>
    public const int MostWaiting = 256;

    /// <summary>A registry file that is applied meanwhile makes a plan outdated; more often than this in a row only when something is wrong.</summary>
    private const int MostPlans = 4;

    private const int RetrySeconds = 2;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;
    private long _epoch;

    /// <summary>Grows with every change of entities: what was remembered of one is read again.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Plans and carries out.</summary>
    /// <param name="caller">Who; needs the right to apply the city's registry.</param>
    /// <param name="city">Id of the city.</param>
    /// <param name="make">Makes the plan; may be called again when the registry changes meanwhile.</param>
    /// <param name="judge">Looks at the plan and at the registry that it makes, before anything is made; null for nothing.</param>
    /// <param name="follow">Carries out what goes with the entities, once they are made and before anybody else changes anything; null for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting and planning; once begun, a plan is carried out.</param>
    public async Task<Outcome<EntityPlan>> WriteAsync(
        Caller caller,
        string city,
        Func<EntityPlan, ValueTask> make,
        Func<EntityPlan, RegistrySnapshot, ValueTask>? judge,
        Func<ValueTask>? follow,
        CancellationToken cancellationToken)
    {
        if (Permission.Refuse(caller, Right.ApplyRegistry, city) is { } refusal)
        {
            return refusal;
        }

        return await InTurnAsync(
            async () =>
            {
                var made = await PlanAsync(caller, city, make, judge, cancellationToken).ConfigureAwait(false);
                if (follow is not null && made.TryGet(out _, out _))
                {
                    await follow().ConfigureAwait(false);
                }

                return made;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does something that nothing else may come between.</summary>
    public async Task<Outcome<T>> InTurnAsync<T>(Func<Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return Problems.Unavailable($"{MostWaiting} changes of entities wait already. Send it again in some seconds, or many at once ($batch).", RetrySeconds);
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await work().ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<Outcome<EntityPlan>> PlanAsync(
        Caller caller, string city, Func<EntityPlan, ValueTask> make, Func<EntityPlan, RegistrySnapshot, ValueTask>? judge, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostPlans && ports.Registry.Find(city) is { } registry; tries++)
        {
            var plan = new EntityPlan(ports, registry, cancellationToken);
            await make(plan).ConfigureAwait(false);
            if (await CheckAsync(plan, judge).ConfigureAwait(false) is { } problem)
            {
                return problem;
            }

            if (plan.Additions.IsEmpty && plan.Changes.IsEmpty)
            {
                return plan;
            }

            Number(plan);
            RequestContext.Set(LedgerContext.Who, caller.Principal.Reference);
            var amendment = new RegistryAmendment(registry.Version, plan.Additions, plan.Changes.IsEmpty ? string.Empty : ChangeText.Write(plan.Changes));
            var result = await ports.Grains.GetGrain<ICityGrain>(city).Amend(amendment).ConfigureAwait(false);
            Interlocked.Increment(ref _epoch);
            if (!result.IsOutdated)
            {
                return Answer(plan, result);
            }
        }

        return Problems.Unavailable($"The registry of {city} changes at present. Send it again.", RetrySeconds);
    }

    private static Outcome<EntityPlan> Answer(EntityPlan plan, AmendResult result) => result switch
    {
        { Registry.Problems: { IsEmpty: false } problems } => WriteProblems.Registry(problems),
        { Refusal: { } refusal } => WriteProblems.Refused(refusal),
        _ => plan,
    };

    /// <summary>Before anything is handed out for it: what the registry, or whoever judges it, would not take.</summary>
    private static async ValueTask<ApiProblem?> CheckAsync(EntityPlan plan, Func<EntityPlan, RegistrySnapshot, ValueTask>? judge)
    {
        if (plan.Problem is not null)
        {
            return plan.Problem;
        }

        var amended = plan.Registry;
        if (!plan.Additions.IsEmpty && (amended = RegistryDoors.Amend(plan.Registry, plan.Additions, out var problems)) is null)
        {
            return WriteProblems.Registry(problems);
        }

        if (judge is not null)
        {
            await judge(plan, amended).ConfigureAwait(false);
        }

        return plan.Problem;
    }

    private void Number(EntityPlan plan)
    {
        foreach (var stream in plan.NewStreams)
        {
            // The sensor sets the retention on its terms before it takes its first reading.
            ImmutableArray<int> numbers =
                [.. stream.Properties.Select(p => ports.Readings.Register(new DatastreamKey(stream.SensorKey, p), TimeSpan.FromDays(1)))];
            plan.Number(stream, numbers);
        }
    }
}
