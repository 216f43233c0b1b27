using System.Text.Json;
using Quartier.Domain.SensorThings.Writing;

namespace Domain.Tests.SensorThings;

public sealed class RegisteredNameTests
{
    [Theory]
    [InlineData("Oven", "oven")]
    [InlineData("Straßenlaterne Ä 12", "strassenlaterne-ae-12")]
    [InlineData("  --  ", "thing")]
    [InlineData("温度", "thing")]
    [InlineData("A/B\\C", "a-b-c")]
    public void A_slug_holds_what_an_id_may(string name, string expected) => Assert.Equal(expected, RegisteredName.Slug(name, "thing"));

    [Fact]
    public void Ids_stay_within_the_limit_and_differ()
    {
        var first = RegisteredName.Id(new string('x', 500), "thing", long.MaxValue, 0);
        Assert.True(first.Length <= 64, first);
        Assert.NotEqual(first, RegisteredName.Id(new string('x', 500), "thing", long.MaxValue, 1));
        Assert.Equal("value", RegisteredName.Property("t"));
    }

    [Theory]
    [InlineData("""{"name":"degree Celsius","symbol":"°C","definition":"ucum:Cel"}""", "Cel")]
    [InlineData("""{"name":"degree Celsius","symbol":"°C","definition":"http://unitsofmeasure.org/ucum.html#para-30"}""", "Cel")]
    [InlineData("""{"name":"x","symbol":"m3/h","definition":null}""", "m3/h")]
    [InlineData("""{"name":"number of cars","symbol":"","definition":null}""", "{number-of-cars}")]
    [InlineData("""{"name":null,"symbol":null,"definition":null}""", "1")]
    [InlineData("""{"name":"n","symbol":"a b","definition":"ucum: "}""", "{n}")]
    public void A_unit_has_a_code(string unit, string expected)
    {
        using var json = JsonDocument.Parse(unit);
        Assert.Equal(expected, UnitCode.Of(json.RootElement));
    }
}
