using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Cities;

/// <summary>A city: its registry and what the endpoint refused before it reached a sensor. Key: the city's id.</summary>
[Alias("quartier.ICityGrain")]
public interface ICityGrain : IGrainWithStringKey
{
    /// <summary>Applies a registry file. Idempotent; refuses what is inconsistent and says where. Nothing is half-applied.</summary>
    [Alias("Apply"), ResponseTimeout(ResponseTimes.City)]
    Task<ApplyResult> Apply(string yaml, bool dryRun);

    /// <summary>
    /// Changes what is registered beside the file, by the same checks as the file, and the entities of the SensorThings API with it. Nothing is
    /// half-applied.
    /// </summary>
    /// <exception cref="Readings.StoreException">Store or ledger refuse at present; nothing was changed.</exception>
    [Alias("Amend"), ResponseTimeout(ResponseTimes.City)]
    Task<AmendResult> Amend(RegistryAmendment amendment);

    /// <summary>Adds refusals made before any sensor was involved. Sent in batches; each batch is counted once by its sequence number.</summary>
    [Alias("ReportRefusals")]
    Task ReportRefusals(RefusalReport report);

    /// <summary>Refusals by gateway and the strangers seen; answered also while a registry is applied.</summary>
    [Alias("GetRefusals"), AlwaysInterleave]
    Task<CityRefusals> GetRefusals();
}
