package custody.conflict

tier := "gold" if input.spend > 10

tier := "silver" if input.spend > 5
