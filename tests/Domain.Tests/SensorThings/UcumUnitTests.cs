using Quartier.Domain.SensorThings.Units;

namespace Domain.Tests.SensorThings;

public sealed class UcumUnitTests
{
    [Theory]
    [InlineData("Cel", "degree Celsius", "°C")]
    [InlineData("%", "percent", "%")]
    [InlineData("1", "one", "1")]
    [InlineData("{bicycle}", "bicycle", "bicycle")]
    [InlineData("kW.h", "kilowatt hour", "kW·h")]
    [InlineData("km/h", "kilometre per hour", "km/h")]
    [InlineData("m3/s", "cubic metre per second", "m³/s")]
    [InlineData("ug/m3", "microgram per cubic metre", "µg/m³")]
    [InlineData("m/s2", "metre per square second", "m/s²")]
    [InlineData("hPa", "hectopascal", "hPa")]
    [InlineData("/min", "per minute", "1/min")]
    [InlineData("{vehicle}/h", "vehicle per hour", "vehicle/h")]
    [InlineData("dB[SPL]", "decibel of sound pressure", "dB")]
    [InlineData("%/h", "percent per hour", "%/h")]
    [InlineData("L{water}", "litre (water)", "L")]
    [InlineData("s-1", "second to the power of -1", "s⁻¹")]
    public void Code_is_described(string code, string name, string symbol) => Assert.Equal((name, symbol), Words(code));

    [Theory]
    [InlineData("furlong")]
    [InlineData("m//s")]
    [InlineData("m.")]
    [InlineData("(m.s)")]
    [InlineData("m12")]
    [InlineData("{open")]
    [InlineData("")]
    public void Code_that_is_not_understood_stands_for_itself(string code) => Assert.Equal((code, code), Words(code));

    [Fact]
    public void Definition_is_an_address_whatever_the_code_holds() =>
        Assert.All(["Cel", "%", "{a b}", "m/s2"], c => Assert.True(Uri.IsWellFormedUriString(UcumUnits.Describe(c).Definition, UriKind.Absolute), c));

    private static (string, string) Words(string code)
    {
        var words = UcumUnits.Describe(code);
        return (words.Name, words.Symbol);
    }
}
