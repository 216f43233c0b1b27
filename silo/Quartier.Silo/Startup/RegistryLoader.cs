using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Silo.Startup;

/// <summary>Brings the registered cities into force at start.</summary>
internal sealed class RegistryLoader(IRegistryStore documents, IRegistry registry, ILogger<RegistryLoader> logger)
{
    /// <summary>Publishes the newest document of each city. One that this program can no longer read is named and left out.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await documents.LoadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var parsed = RegistryFile.Read(document.Yaml);
            if (parsed.City is null)
            {
                Log.RegistryUnreadable(logger, document.City, document.Version, parsed.Problems[0].Line, parsed.Problems[0].Message);
                continue;
            }

            if (RegistryDoors.Snapshot(parsed.City, document.Additions, document.Version, out var problems) is not { } snapshot)
            {
                Log.RegistryUnreadable(logger, document.City, document.Version, problems[0].Line, problems[0].Message);
                continue;
            }

            registry.Publish(snapshot);
        }
    }
}
