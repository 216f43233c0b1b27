using System.Text.Json;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Reads a row of a data array: an Observation without the names of its members.</summary>
public static class ObservationRowReader
{
    /// <summary>The Observation; null with what is wrong.</summary>
    /// <param name="row">The row.</param>
    /// <param name="components">What each of its values is.</param>
    /// <param name="problem">What is wrong; null with an Observation.</param>
    public static ObservationDraft? Read(JsonElement row, ReadOnlySpan<string> components, out BodyProblem? problem)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != components.Length)
        {
            problem = new(string.Empty, $"a row has {components.Length} values, one for each component");
            return null;
        }

        var members = new ObservationMembers();
        var index = 0;
        foreach (var value in row.EnumerateArray())
        {
            if (!Take(components[index++], value, members))
            {
                problem = members.Problem;
                return null;
            }
        }

        problem = members.Check();
        return problem is null ? new(members.Time, members.Result!, null, null, members.Feature, null) { Annotation = members.Annotation } : null;
    }

    private static bool Take(string component, JsonElement value, ObservationMembers members) =>
        component is "FeatureOfInterest/id" ? value.ValueKind == JsonValueKind.Null || members.TakeFeature(value) : members.Take(component, value) is not false;
}
