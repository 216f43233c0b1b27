using Microsoft.Extensions.Logging;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Grains.Policies;

/// <summary>What a city's policy grain needs.</summary>
public sealed class PolicyPorts(
    IPolicyStore store,
    IPolicies policies,
    CompiledPolicies compiled,
    IRegistry registry,
    ILedger ledger,
    IReadingStore readings,
    TimeProvider time,
    ILogger<PolicyPorts> logger,
    IAccountChanges? changes = null)
{
    /// <summary>Where documents rest.</summary>
    internal IPolicyStore Store => store;

    /// <summary>What is in force.</summary>
    internal IPolicies Policies => policies;

    /// <summary>The same, compiled.</summary>
    internal CompiledPolicies Compiled => compiled;

    /// <summary>What is registered.</summary>
    internal IRegistry Registry => registry;

    /// <summary>Where every step is recorded.</summary>
    internal ILedger Ledger => ledger;

    /// <summary>Where readings rest.</summary>
    internal IReadingStore Readings => readings;

    /// <summary>Who could act as whom; null where there are no accounts.</summary>
    internal IAccountChanges? Changes => changes;

    /// <summary>Where trouble is told.</summary>
    internal ILogger Logger => logger;

    /// <summary>The wall clock in milliseconds since 1970-01-01T00:00:00Z: policies and retention go by it, in replayed cities too.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
