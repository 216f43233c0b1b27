using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>On what terms a datastream is stored: what its office registered, bounded by the policy.</summary>
public static class StreamTerms
{
    /// <summary>Days that readings of a datastream in quarantine are kept.</summary>
    public const int QuarantineDays = 1;

    /// <summary>The stricter class and the shorter retention win; without a policy entry the datastream is in quarantine: sensitive, one day.</summary>
    /// <param name="registered">As the registry has it.</param>
    /// <param name="policy">The stream entry that matches it; null when none does.</param>
    public static DatastreamDefinition Apply(DatastreamDefinition registered, StreamPolicy? policy)
    {
        if (policy is null)
        {
            return registered with { Class = DataClass.Sensitive, RetentionDays = Math.Min(QuarantineDays, registered.RetentionDays) };
        }

        var dataClass = Strictness(policy.Class) > Strictness(registered.Class) ? policy.Class : registered.Class;
        var days = Math.Min(registered.RetentionDays, policy.Retention.RawDays);
        return dataClass == registered.Class && days == registered.RetentionDays ? registered : registered with { Class = dataClass, RetentionDays = days };
    }

    private static int Strictness(DataClass dataClass) => dataClass switch
    {
        DataClass.Public => 0,
        DataClass.Internal => 1,
        _ => 2,
    };
}
