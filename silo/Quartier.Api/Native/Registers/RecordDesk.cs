using System.Runtime.CompilerServices;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registers;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>Writes registers and records from what is registered and in force now.</summary>
internal sealed class RecordDesk(IPolicies policies, IGrainFactory grains, TimeProvider time)
{
    /// <summary>What each registry's last reader counted; it goes with the registry.</summary>
    private readonly ConditionalWeakTable<RegistrySnapshot, CityCoverage> _coverages = [];

    public RegisterBasis Basis(CityIndex city) => new(city.Snapshot, policies.Find(city.Id), time.GetUtcNow().ToUnixTimeMilliseconds());

    public IRecordsGrain Records(CityIndex city) => grains.GetGrain<IRecordsGrain>(city.Id);

    public async Task<WrittenRecord> WriteAsync(CityIndex city, RecordKind kind, CancellationToken cancellationToken)
    {
        var approved = await Records(city).Find(kind).WaitAsync(cancellationToken).ConfigureAwait(false);
        var basis = Basis(city);
        if (kind == RecordKind.Processing)
        {
            var record = RecordWriter.Processing(basis, CoverageOf(basis));
            return Written(RecordText.Write(record), s => RecordPage.Write(record, s));
        }

        var assessment = RecordWriter.Impact(basis, CoverageOf(basis));
        return Written(RecordText.Write(assessment), s => RecordPage.Write(assessment, s));

        WrittenRecord Written(string json, Func<RecordStanding, string> page) =>
            new(kind, basis.NowMs, json, RecordText.Digest(json), approved, page);
    }

    private CityCoverage CoverageOf(RegisterBasis basis)
    {
        if (_coverages.TryGetValue(basis.Registry, out var known) && known.IsOf(basis.Registry, basis.Policies))
        {
            return known;
        }

        // Two readers at once count the same twice; the one that is kept does not matter.
        var coverage = new CityCoverage(basis.Registry, basis.Policies);
        _coverages.AddOrUpdate(basis.Registry, coverage);
        return coverage;
    }
}
