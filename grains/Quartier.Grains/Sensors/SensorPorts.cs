using Microsoft.Extensions.Logging;
using Quartier.Contracts.Live;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Grains.Policies;

namespace Quartier.Grains.Sensors;

/// <summary>What every sensor's grain needs, in one object: 100,000 sensors hold one reference each.</summary>
public sealed class SensorPorts(
    IReadingStore store,
    IRegistry registry,
    CompiledPolicies policies,
    ILiveFeed live,
    TimeProvider time,
    SharedTerms terms,
    SharedRules rules,
    ILogger<SensorPorts> logger)
{
    /// <summary>Where readings rest.</summary>
    internal IReadingStore Store => store;

    /// <summary>Who is told that something changed.</summary>
    internal ILiveFeed Live => live;

    /// <summary>The silo's clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>Where trouble is told.</summary>
    internal ILogger Logger => logger;

    /// <summary>The silo's clock in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What is registered for the sensor, on the terms of the policy in force; null when it is not.</summary>
    internal SensorPlan? Plan(string key) => SensorPlan.Of(key, registry, policies, terms, rules);
}
