using System.Collections.Immutable;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Registry;

namespace Api.Tests.Fakes;

internal sealed class FakeCityGrain : ICityGrain
{
    public ImmutableArray<Refusal> Refusals { get; set; } = [];

    public ApplyResult Result { get; set; } = new(1, true, [], []);

    /// <summary>What a registry is answered with; null for the result.</summary>
    public Exception? Failure { get; set; }

    public List<(string Yaml, bool DryRun)> Applied { get; } = [];

    public Task<ApplyResult> Apply(string yaml, bool dryRun)
    {
        Applied.Add((yaml, dryRun));
        return Failure is not null ? Task.FromException<ApplyResult>(Failure) : Task.FromResult(Result);
    }

    public Task<AmendResult> Amend(RegistryAmendment amendment) => throw new NotSupportedException();

    public Task ReportRefusals(RefusalReport report) => throw new NotSupportedException();

    public Task<CityRefusals> GetRefusals() => Task.FromResult(new CityRefusals(Refusals));
}
