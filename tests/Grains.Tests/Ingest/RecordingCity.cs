using Quartier.Contracts.Cities;
using Quartier.Contracts.Registry;

namespace Grains.Tests.Ingest;

/// <summary>Notes the reports that reach a city.</summary>
internal sealed class RecordingCity : ICityGrain
{
    public List<RefusalReport> Reports { get; } = [];

    public Task<ApplyResult> Apply(string yaml, bool dryRun) => throw new NotSupportedException("not needed here");

    public Task<AmendResult> Amend(RegistryAmendment amendment) => throw new NotSupportedException("not needed here");

    public Task ReportRefusals(RefusalReport report)
    {
        Reports.Add(report);
        return Task.CompletedTask;
    }

    public Task<CityRefusals> GetRefusals() => throw new NotSupportedException("not needed here");
}
