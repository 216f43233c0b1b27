using System.Globalization;
using System.Text;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What is registered beside a file, for people: in the form of the file, of which each entry could become a part.</summary>
public static class AdditionsText
{
    /// <summary>YAML with the lists <c>assets</c> and <c>sensors</c>, those that are not empty.</summary>
    public static string Yaml(RegistrySnapshot registry)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Registered in {registry.City.Id} beside its file, through the SensorThings API; version {registry.Version}.\n");
        if (registry.Additions.IsEmpty)
        {
            text.Append("# Nothing.\n");
        }

        Append(text, "assets", registry.Additions.Where(a => a.Kind == RegistryAdditionKind.Asset));
        Append(text, "sensors", registry.Additions.Where(a => a.Kind == RegistryAdditionKind.Sensor));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string key, IEnumerable<RegistryAddition> additions)
    {
        var isFirst = true;
        foreach (var addition in additions)
        {
            text.Append(isFirst ? $"{key}:\n" : string.Empty).Append("  - ").Append(addition.Text).Append('\n');
            isFirst = false;
        }
    }
}
