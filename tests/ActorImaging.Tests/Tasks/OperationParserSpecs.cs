using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Tasks;

public sealed class OperationParserSpecs
{
    private static readonly Gen<ImageOperation> AnyOperation = Gen.OneOf<ImageOperation>(
        Gen.Select(Gen.Int[1, 65_535], Gen.Int[1, 65_535], (width, height) => (ImageOperation)new ResizeOperation(width, height)),
        Gen.Double[0.01, 1000].Select(sigma => (ImageOperation)new BlurOperation(sigma)),
        Gen.Const((ImageOperation)new GrayscaleOperation()),
        Gen.Double[0.01, 100].Select(sigma => (ImageOperation)new SharpenOperation(sigma)),
        Gen.Double[-360, 360].Select(angle => (ImageOperation)new RotateOperation(angle)),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, (red, green, blue) => (ImageOperation)new TintOperation(new RgbColor(red, green, blue))));

    [Fact]
    public void Should_read_back_what_an_operation_writes() =>
        AnyOperation.Sample(operation => OperationParser.Parse(operation.ToString()) == operation);

    [Fact]
    public void Should_read_back_a_list() => AnyOperation.List[1, 5].Sample(operations =>
        OperationParser.ParseList(string.Join('+', operations)).SequenceEqual(operations));

    [Theory]
    [InlineData("resize:800x600")]
    [InlineData("blur:5")]
    [InlineData("blur:0.5")]
    [InlineData("grayscale")]
    [InlineData("sharpen")]
    [InlineData("sharpen:2.5")]
    [InlineData("rotate:90")]
    [InlineData("rotate:-12.5")]
    [InlineData("tint:#ff6432")]
    public void Should_write_back_what_it_reads(string text) => Assert.Equal(text, OperationParser.Parse(text).ToString());

    [Theory]
    [InlineData("resize:800by600", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, but received '800by600'")]
    [InlineData("resize:0x600", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, but received '0x600'")]
    [InlineData("resize", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, but received ''")]
    [InlineData("resize:99999999999x1", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, but received '99999999999x1'")]
    [InlineData("blur:soft", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received 'soft'")]
    [InlineData("blur:0", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received '0'")]
    [InlineData("blur:NaN", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received 'NaN'")]
    [InlineData("grayscale:9", "grayscale: expected no parameter, but received '9'")]
    [InlineData("sharpen:-1", "sharpen: expected SIGMA in pixels, above 0 and at most 100, such as 1, or nothing for 1, but received '-1'")]
    [InlineData("rotate:half", "rotate: expected ANGLE in degrees clockwise, from -360 to 360, such as 90, but received 'half'")]
    [InlineData("rotate:361", "rotate: expected ANGLE in degrees clockwise, from -360 to 360, such as 90, but received '361'")]
    [InlineData("tint:red", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received 'red'")]
    [InlineData("tint:#ff643", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received '#ff643'")]
    [InlineData("tint:#+f6432", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received '#+f6432'")]
    [InlineData("twist:3", "operation: expected one of resize, blur, grayscale, sharpen, rotate, tint, but received 'twist'")]
    [InlineData("", "operation: expected one of resize, blur, grayscale, sharpen, rotate, tint, but received ''")]
    public void Should_say_what_was_expected_and_what_came(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidImageOperationException>(() => OperationParser.Parse(text)).Message);

    [Fact]
    public void Should_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            var commas = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            Thread.CurrentThread.CurrentCulture = commas;

            Assert.Equal("blur:0.5", OperationParser.Parse("blur:0.5").ToString());
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
