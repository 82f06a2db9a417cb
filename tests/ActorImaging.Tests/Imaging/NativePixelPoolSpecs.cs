using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging;

[Collection("Native memory")]
public unsafe class NativePixelPoolSpecs
{
    private const long OneMebibyte = 1L << 20;
    private const long TwoMebibytes = 2L << 20;

    [Fact]
    public void Should_hand_out_a_block_again_that_came_back()
    {
        NativePixelPool.Trim();
        var first = NativePixelPool.Take(TwoMebibytes);
        NativePixelPool.GiveBack(first, TwoMebibytes);
        Assert.Equal(3L << 20, NativePixelPool.KeptBytes);

        var second = NativePixelPool.Take(TwoMebibytes + 1);
        Assert.True(first == second, "sizes in one MiB share blocks");
        Assert.Equal(0, NativePixelPool.KeptBytes);
        NativePixelPool.GiveBack(second, TwoMebibytes + 1);
        NativePixelPool.Trim();
        Assert.Equal(0, NativePixelPool.KeptBytes);
    }

    [Fact]
    public void Should_leave_small_blocks_to_the_allocator()
    {
        NativePixelPool.Trim();
        NativePixelPool.GiveBack(NativePixelPool.Take(1000), 1000);
        Assert.Equal(0, NativePixelPool.KeptBytes);
    }

    [Fact]
    public void Should_keep_no_more_than_its_limit()
    {
        NativePixelPool.Trim();
        var length = (NativePixelPool.KeptBytesLimit / 2 / OneMebibyte * OneMebibyte) - NativePixelPool.SlackBytes;
        var other = length - (2 * OneMebibyte);
        byte*[] blocks = [NativePixelPool.Take(length), NativePixelPool.Take(length)];
        foreach (var block in blocks)
        {
            NativePixelPool.GiveBack(block, length);
        }

        NativePixelPool.GiveBack(NativePixelPool.Take(other), other);
        var last = NativePixelPool.Take(other);

        Assert.Equal(length + NativePixelPool.SlackBytes, NativePixelPool.KeptBytes); // the oldest has made room for what is asked for now
        NativePixelPool.GiveBack(last, other);
        NativePixelPool.Trim();
    }

    [Fact]
    public void Should_count_what_is_taken()
    {
        var before = NativePixelPool.TakenBytes;
        var block = NativePixelPool.Take(100);
        Assert.Equal(before + 100 + NativePixelPool.SlackBytes, NativePixelPool.TakenBytes);
        NativePixelPool.GiveBack(block, 100);
        Assert.Equal(before, NativePixelPool.TakenBytes);
    }
}
