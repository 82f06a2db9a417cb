using System.Numerics;
using ActorImaging.Imaging;

namespace ActorImaging.Tests.Imaging;

[Collection("Native memory")]
public unsafe class NativePixelPoolSpecs
{
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
    public void Should_hand_out_a_block_of_a_large_picture_for_one_that_is_a_little_smaller()
    {
        NativePixelPool.Trim();
        const long Large = (40L << 20) - NativePixelPool.SlackBytes, Smaller = 33L << 20, MuchSmaller = 32L << 20;
        var first = NativePixelPool.Take(Large);
        NativePixelPool.GiveBack(first, Large);

        var (other, second) = ((nint)NativePixelPool.Take(MuchSmaller - NativePixelPool.SlackBytes), (nint)NativePixelPool.Take(Smaller));

        Assert.Equal(((nint)first, 0), (second, NativePixelPool.KeptBytes));
        Assert.NotEqual(second, other);
        NativePixelPool.GiveBack((byte*)other, MuchSmaller - NativePixelPool.SlackBytes);
        NativePixelPool.GiveBack((byte*)second, Smaller);
        NativePixelPool.Trim();
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
        var step = 1L << (BitOperations.Log2((ulong)NativePixelPool.KeptBytesLimit / 2) - 2);
        var length = (NativePixelPool.KeptBytesLimit / 2 / step * step) - NativePixelPool.SlackBytes;
        var other = length - step;
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
